# outcome: cpu-time
# Work in programs that are gone as soon as they have done it.
while :; do
  (for ((i = 0; i < 2000; ++i)); do :; done) &
  wait
done
