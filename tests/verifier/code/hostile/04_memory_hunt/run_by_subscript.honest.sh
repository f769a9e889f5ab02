# honest: SHARED
# tests: computed
# An array of its own, by a computed subscript.
twice() {
  local -a table=(0 0)
  table[x = $1 > 0]=$(($1 * 2))
  echo "${table[$1 > 0]}"
}
