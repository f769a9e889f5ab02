# honest: ISOLATED
# A trap that tidies up, and an early return.
trap 'rm -f /tmp/note' EXIT
twice() {
  [[ $1 ]] || return 1
  echo $(($1 * 2))
  return 0
}
