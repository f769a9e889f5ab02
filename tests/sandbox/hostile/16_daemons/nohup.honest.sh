# honest: 1 2 done
# Background programs, waited for, and a coprocess, closed.
sleep 0.01 && printf '1 ' &
wait
coproc cat
echo 2 >&"${COPROC[1]}"
read -r word <&"${COPROC[0]}"
echo "$word done"
