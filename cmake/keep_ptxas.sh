#!/bin/sh
# Runs a compiler's command and keeps what ptxas says of it (registers, stack,
# spills) in OBJECT.ptxas, where OBJECT follows -o. Other words go to stderr.
object=
previous=
for argument in "$@"; do
  [ "$previous" = -o ] && object=$argument
  previous=$argument
done
"$@" 2>"$object.stderr"
status=$?
grep -E 'ptxas info|bytes stack frame' "$object.stderr" >"$object.ptxas"
grep -vE 'ptxas info|bytes stack frame|bytes gmem' "$object.stderr" >&2
rm -f "$object.stderr"
exit $status
