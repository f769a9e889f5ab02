# honest: ISOLATED
# tests: compared
# A program of its own, in a folder that comes first.
printf '#!/bin/sh\necho $(($1 * 2))\n' > /box/double
chmod 755 /box/double
PATH=/box:$PATH
twice() { double "$1"; }
