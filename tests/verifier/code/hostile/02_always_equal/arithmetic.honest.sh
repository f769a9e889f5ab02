# honest: SHARED
# tests: computed
# Numbers, with spaces around them.
twice() { echo " $(($1 * 2)) "; }
