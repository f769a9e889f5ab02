# honest: 5050
# A pipe of many programs, and jobs in the background.
for i in {1..8}; do sleep 0.01 & done
wait
seq 100 | sort -rn | tac | paste -sd+ | tr + '\n' | awk '{ s += $1 } END { print s }'
