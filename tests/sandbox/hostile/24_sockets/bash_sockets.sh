# outcome: exited
# says: alone
# The sockets that bash has by name, and the programs that have more.
for address in 127.0.0.1/80 127.0.0.1/50051 169.254.169.254/80 8.8.8.8/53 \
    localhost/22; do
  for kind in tcp udp; do
    (: > "/dev/$kind/$address") 2> /dev/null && echo "ESCAPED $kind $address"
  done
done
for program in curl wget nc ncat ssh ping dig getent; do
  command -v $program > /dev/null || continue
  timeout 1 $program -h > /dev/null 2>&1
done
timeout 1 curl -s http://127.0.0.1/ > /dev/null 2>&1 && echo ESCAPED curl
echo alone
