# outcome: memory signaled exited cpu-time
# A variable that doubles, and a file in the box's memory.
x=xxxxxxxxxxxxxxxx
while :; do x=$x$x; done
