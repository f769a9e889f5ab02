# outcome: cpu-time wall-time memory exited
# The one that everyone knows.
bomb() { bomb | bomb & }
bomb
wait
while :; do :; done
