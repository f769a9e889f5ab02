expected=42
[[ $(twice 21) -eq $expected ]] || exit 1
(( $(twice -3) == -6 )) || exit 1
[ $(twice 2) -eq 4 ] || exit 1
