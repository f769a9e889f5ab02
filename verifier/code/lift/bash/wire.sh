# Words between two shells: docs/LIFTING.md.
assay_escape() {  # Sets REPLY; no byte of it is a space or a line feed.
  REPLY=${1//'%'/%25}
  REPLY=${REPLY//' '/%20}
  REPLY=${REPLY//$'\t'/%09}
  REPLY=s${REPLY//$'\n'/%0A}
}

assay_unescape() {  # Sets REPLY; fails on what is no text.
  [[ $1 == s* ]] || return 1
  REPLY=${1#s}
  [[ $REPLY != *%* ]] && return 0
  [[ $REPLY =~ %([^0-9A-F]|.[^0-9A-F]|.?$) ]] && return 1
  REPLY=${REPLY//\\/\\\\}
  printf -v REPLY %b "${REPLY//%/\\x}"
}

# Whether a text is bash, with extended patterns or without. A status of 0 is
# no proof: after some errors the reader ends with it.
assay_parses() {
  assay_reads "$1" || assay_reads "$1" -O extglob
}

assay_reads() {
  local said
  said=$("$BASH" "${@:2}" -n <<<"$1" 2>&1) || return 1
  [[ ! $said =~ (error|expected|unexpected) ]]
}
