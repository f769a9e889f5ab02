# outcome: output
# Programs that say yes, by the output and by its other names.
yes > /dev/stdout &
yes > /proc/self/fd/1 &
yes | cat
