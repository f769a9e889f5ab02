#!/usr/bin/env bash
# Installs the Debian packages of scripts/packages.txt that are missing.
#
#   scripts/setup.sh           install what is missing
#   scripts/setup.sh --check   only say what is missing
#
# Where nothing is missing it changes nothing and uses no network.
#
# Exit codes:
#   0  every package is there
#   1  the installation failed
#   2  not a Debian system: install the listed packages' equivalents by hand
#   3  packages are missing and this user may not install them (or --check)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
say() { printf 'setup: %s\n' "$*" >&2; }

if [ $# -gt 1 ] || { [ $# -eq 1 ] && [ "$1" != --check ]; }; then
  say "usage: scripts/setup.sh [--check]"
  exit 1
fi
check_only=${1:-}

mapfile -t wanted < <(
  sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$here/packages.txt")

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "this is not a Debian system (no dpkg-query or no apt-get)."
  say "Assay needs the equivalents of these packages:"
  printf '  %s\n' "${wanted[@]}" >&2
  exit 2
fi

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ]; then
  say "all ${#wanted[@]} packages are there"
  exit 0
fi

list_missing() {
  say "${#missing[@]} of ${#wanted[@]} packages are missing:"
  for package in "${missing[@]}"; do
    sed -n "s/^\($package\)  # \(.*\)/  \1: \2/p" "$here/packages.txt" >&2
  done
}
list_missing
[ -z "$check_only" ] || exit 3

if [ "$(id -u)" -eq 0 ]; then
  as_root=(env)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n env)
else
  say "user $(id -un) may not install packages. Ask an administrator to run:"
  printf '  apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
  exit 3
fi

apt() {
  "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
say "installing them (apt-get, without recommended packages): 1-3 minutes"
apt update >"$log" 2>&1 ||
  say "the package lists could not be refreshed; going on with the old ones"
if ! apt install --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
  tail -n 30 "$log" >&2
  say "apt-get failed. Above is why; mend it and run this again."
  exit 1
fi
say "installed ${#missing[@]} packages"
