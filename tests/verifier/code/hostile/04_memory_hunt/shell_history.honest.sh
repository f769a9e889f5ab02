# honest: ISOLATED
# Its own text, read back.
factor=2
twice() {
  [[ $(declare -f twice) =~ factor && ${FUNCNAME[0]} == twice ]] || return 1
  echo $(($1 * factor))
}
