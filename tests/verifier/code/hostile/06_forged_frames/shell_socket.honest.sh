# honest: ISOLATED
# Prints lines that look like answers, on its other output, and uses numbers
# of its own for files.
twice() {
  echo 'return i0 7' >&2
  exec 7> /tmp/note
  echo 'pass' >&7
  exec 7>&-
  echo $(($1 * 2))
}
