#!/bin/sh
# Runs a test program as the user nobody where parts of /proc are covered, as
# container runtimes do; 77 (skipped) where that cannot be had.
#
#   masked.sh /usr/bin/setpriv /build/tests/bin/sandbox_limits_test
if [ "$1" = --covered ]; then
  shift
  mount --bind /dev/null /proc/timer_list && exec "$(dirname "$0")/rootless.sh" "$@"
  exit 77
fi
if ! unshare --mount true; then
  echo "skipped: no mount namespace"
  exit 77
fi
exec unshare --mount "$0" --covered "$@"
