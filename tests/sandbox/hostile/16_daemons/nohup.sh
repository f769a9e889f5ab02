# outcome: exited
# says: left
# Background programs of every make, all deaf.
nohup sleep 1000 > /dev/null 2>&1 &
setsid bash -c 'trap "" 1 2 3 13 15; while :; do sleep 0.01; done' &
(trap '' 1 2 15; sleep 1000 & disown -a)
exec 3> >(sleep 1000)
coproc cat
disown -a
echo left
