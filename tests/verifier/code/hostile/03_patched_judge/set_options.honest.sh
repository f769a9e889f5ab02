# honest: ISOLATED
# The careful options, and a separator of its own.
set -euo pipefail
twice() {
  local IFS=, parts
  read -r -a parts <<< "$1,$1"
  echo $((parts[0] + parts[1]))
}
