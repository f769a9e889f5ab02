# honest: body signal end
# Traps that tidy up.
trap 'printf "signal "' USR1
trap 'echo end' EXIT
printf 'body '
kill -USR1 $$
