# outcome: cpu-time
# A shell that traps all that can be trapped, its end too.
for number in {1..64}; do trap 'while :; do :; done' "$number" 2> /dev/null; done
trap 'while :; do :; done' EXIT DEBUG
ulimit -t unlimited 2> /dev/null
while :; do :; done
