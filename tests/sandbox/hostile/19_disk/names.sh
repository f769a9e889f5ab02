# outcome: exited cpu-time memory
# Names without end: files, folders, links, pipes.
mkdir /tmp/many
i=0
while : > /tmp/many/$i && [[ $i -lt 40000 ]]; do ((++i)); done 2> /dev/null
((i < 40000)) || echo "ESCAPED $i names"
ln -s x /box/link{1..2000} 2> /dev/null
mkfifo /box/pipe{1..2000} 2> /dev/null
exit 0
