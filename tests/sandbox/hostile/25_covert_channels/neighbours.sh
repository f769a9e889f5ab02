# outcome: exited
# says: alone
# What is known of neighbours: processes, users, sockets, shared memory.
for file in /proc/[0-9]*/comm; do
  read -r name < "$file" || continue
  [[ $name =~ ^(box-init|bash|main.sh)$ ]] || echo "ESCAPED $name"
done
[[ $(wc -l < /proc/sysvipc/shm) -le 1 ]] || echo ESCAPED shared memory
[[ $(wc -l < /proc/locks) -eq 0 ]] || echo ESCAPED locks
grep -q '@\|/' /proc/net/unix 2> /dev/null && echo ESCAPED sockets
[[ $(grep -c : /proc/net/dev 2> /dev/null) -le 1 ]] || echo ESCAPED network
[[ -w /dev/shm || -w /dev/mqueue || -d /sys/fs ]] && echo ESCAPED folders
for file in /proc/sys/kernel/{sem,shmmax,msgmax,hostname,domainname}; do
  (echo 1 > "$file") 2> /dev/null && echo "ESCAPED $file"
done
echo alone
