#!/bin/sh
# Runs a test program as the user nobody where user namespaces are forbidden;
# 77 (skipped) where that cannot be had.
#
#   no_user_namespaces.sh /usr/bin/setpriv /build/tests/bin/sandbox_limits_test
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
# The bound holds in the namespace in which it is set, and beneath.
if ! as_nobody unshare --user --map-root-user \
    sh -c 'echo 0 > /proc/sys/user/max_user_namespaces'; then
  echo "skipped: no bound of user namespaces here"
  exit 77
fi
as_nobody unshare --user --map-root-user sh -c \
  'echo 0 > /proc/sys/user/max_user_namespaces && exec "$0"' "$program"
