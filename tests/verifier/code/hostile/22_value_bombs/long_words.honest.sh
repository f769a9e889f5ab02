# honest: ISOLATED
# A long word, measured.
twice() {
  local word
  word=$(head -c 100000 /dev/zero | tr '\0' x)
  echo $((${#word} / 50000 * $1))
}
