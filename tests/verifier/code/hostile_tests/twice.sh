candidate() {
    twice "$@"
}
set -e
run_test() {
    [[ $(candidate 21) = "42" ]]
    [[ $(candidate -3) = "-6" ]]
}
run_test
