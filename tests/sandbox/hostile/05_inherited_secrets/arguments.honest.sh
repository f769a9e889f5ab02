# honest: 3 b main.sh
# Its own arguments.
set -- a b c
echo "$# $2 ${0##*/}"
