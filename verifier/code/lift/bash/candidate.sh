# Beside the program: runs its functions for tests that it never sees.
assay_ready() {
  local names
  names=$(compgen -A function)
  printf 'ready %s\n' "${names//$'\n'/ }" >&5
}

# Runs "$@" in a shell of its own; sets REPLY to its output and STATUS.
assay_apart() {
  REPLY=$( (assay_flags; assay_feed "$@"); printf 'x%s' "$?")
  STATUS=${REPLY##*x}
  REPLY=${REPLY%x*}
}

# Runs "$@" here, so that what it sets stays.
assay_here() {
  local part
  assay_feed "$@" >/tmp/assay.out
  STATUS=$?
  REPLY=
  while IFS= read -r -d '' part; do REPLY+=$part; done </tmp/assay.out
  REPLY+=$part
}

assay_flags() {
  [[ $ASSAY_PIPEFAIL ]] && set -o pipefail
  [[ $ASSAY_FLAGS == *f* ]] && set -f
  [[ $ASSAY_FLAGS == *u* ]] && set -u
}

assay_feed() {
  if [[ $ASSAY_INPUT == n ]]; then
    "$@"
  else
    "$@" < <(printf %s "$ASSAY_INPUT")
  fi
}

# call WHERE ERRORS INPUT NAME ARGUMENTS...
assay_answer() {
  local where=$2 errors=$3 input=$4 word error=
  local -a command=()
  for word in "${@:5}"; do
    assay_unescape "$word" || exit 1
    command+=("$REPLY")
  done
  ASSAY_INPUT=n
  if [[ $input != n ]]; then
    assay_unescape "$input" || exit 1
    ASSAY_INPUT=$REPLY
  fi
  [[ $where == here ]] || where=apart
  if [[ $errors == t ]]; then
    "assay_$where" "${command[@]}" 2>/tmp/assay.err
    error=$(</tmp/assay.err)
  else
    "assay_$where" "${command[@]}"
  fi
  assay_escape "$REPLY"
  local out=$REPLY
  assay_escape "$error"
  printf 'return i%d %s %s\n' "$STATUS" "$out" "$REPLY" >&5
}

assay_serve() {
  ASSAY_FLAGS=$- ASSAY_PIPEFAIL=
  shopt -qo pipefail && ASSAY_PIPEFAIL=t
  set +euf +o pipefail
  local IFS=$' \t\n' line
  assay_ready
  while IFS= read -r -u 5 line; do
    set -f
    # Words hold no pattern characters of their own meaning here.
    local -a words=($line)
    set +f
    assay_answer "${words[@]}"
  done
  exit 0
}
