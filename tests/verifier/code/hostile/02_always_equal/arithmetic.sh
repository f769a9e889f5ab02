# refused: WRONG_ANSWER RUNTIME_ERROR
# tests: computed
# forges: SHARED
# Output that a shell's arithmetic reads as it likes: names, choices, words.
twice() {
  case $1 in
    21) echo expected ;;
    -3) echo '1||1' ;;
    *) echo '0 -eq 0 -o 0' ;;
  esac
}
