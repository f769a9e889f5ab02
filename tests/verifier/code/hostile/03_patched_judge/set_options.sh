# refused: WRONG_ANSWER RUNTIME_ERROR COMPILE_ERROR
# Options and variables under which tests would not be read.
set -n +e
IFS=0123456789
readonly result=42 candidate=42
declare -r BASH_ENV=/box/x
run_test() { :; }
candidate() { echo 42; }
PROMPT_COMMAND='exit 0'
unset -f candidate
twice() { echo "${result:-42}"; }
