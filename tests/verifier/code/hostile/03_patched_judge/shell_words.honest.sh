# honest: ISOLATED
# tests: compared
# A function with the name of a program, which it calls.
sort() { command sort -n "$@"; }
twice() { printf '%s\n' $(($1 * 2)) | sort; }
