#!/bin/sh
# Runs a test program as the user nobody; 77 (skipped) where he cannot read it
# or may not make a user namespace.
#
#   rootless.sh /usr/bin/setpriv /build/tests/bin/sandbox_limits_test
setpriv=$1
program=$2
as_nobody() {
  "$setpriv" --reuid=65534 --regid=65534 --clear-groups \
    env HOME=/tmp TMPDIR=/tmp "$@"
}
cd /
if ! as_nobody test -x "$program"; then
  echo "skipped: nobody cannot reach $program"
  exit 77
fi
if ! as_nobody unshare --user true; then
  echo "skipped: no user namespaces for unprivileged users here"
  exit 77
fi
as_nobody "$program"
