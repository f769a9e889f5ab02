# Beside the tests: what they call is the program's, elsewhere.
assay_end() {  # The tests ended with a status.
  trap - EXIT
  if [[ $1 == 0 ]]; then
    if [[ -e /tmp/assay.called ]]; then
      echo pass >&4
    else
      echo uncalled >&4
    fi
  elif ! assay_parses "$ASSAY_TESTS"; then
    echo 'invalid the tests are not bash' >&4
  fi
  exit "$1"
}

assay_gone() {
  echo "${1:-gone}" >&4
  kill -KILL $$
}

# Calls the program's function NAME.
assay_call() {
  local -
  set +euxf
  local IFS=$' \t\n' line out word where=apart errors=f input=n
  : >/tmp/assay.called
  [[ $BASH_SUBSHELL == 0 ]] && where=here
  [[ $ASSAY_TESTS == *'2>'* ]] && errors=t
  if [[ -p /dev/fd/0 ]]; then
    input=
    while IFS= read -r -d '' line; do input+=$line; done
    assay_escape "$input$line"
    input=$REPLY
  fi
  out="call $where $errors $input"
  for word; do
    assay_escape "$word"
    out+=" $REPLY"
  done
  { printf '%s\n' "$out" >&5; } 2>/dev/null || assay_gone
  IFS= read -r -u 5 line || assay_gone
  set -f
  local -a words=($line)
  [[ ${words[0]} == return && ${words[1]} =~ ^i[0-9]{1,3}$ &&
     ${#words[@]} == 4 ]] || assay_gone
  assay_unescape "${words[3]}" || assay_gone
  [[ $REPLY ]] && printf '%s\n' "$REPLY" >&2
  assay_unescape "${words[2]}" || assay_gone
  [[ $REPLY ]] && printf %s "$REPLY"
  return "${words[1]#i}"
}

# A function for each name of the program's that the tests use. What bash or
# the host knows under a name keeps it, but where it is the one under test.
assay_stub() {
  local name=$1 kind
  [[ $name =~ ^[A-Za-z_][A-Za-z0-9_-]*$ && $name != assay_* ]] || return
  [[ $ASSAY_TESTS =~ (^|[^A-Za-z0-9_-])"$name"($|[^A-Za-z0-9_-]) ]] || return
  kind=$(type -t "$name")
  if [[ $kind && $name != "$ASSAY_ENTRY" ]]; then
    case $name in
      test | echo | printf | set | exit | eval | read | kill | trap | true | \
      false | diff | cmp | grep | cat | return | local | declare | source) return ;;
    esac
    [[ $ASSAY_TESTS == *"$name \"\$@\""* ]] || return
  fi
  eval "$name() { assay_call $name \"\$@\"; }"
}

assay_listen() {
  local line word
  IFS= read -r -u 5 line || assay_gone
  set -f
  local -a words=($line)
  set +f
  case ${words[0]} in
    ready) ;;
    unbuilt) assay_gone 'unbuilt the shell cannot read it' ;;
    *) assay_gone ;;
  esac
  for word in "${words[@]:1:4096}"; do assay_stub "$word"; done
}

# A function that the program lacks.
command_not_found_handle() {
  : >/tmp/assay.called
  printf '%s: command not found\n' "$1" >&2
  return 127
}
