# honest: box 42
# A name of its own host, and a pipe in the place of a socket.
mkfifo /tmp/line
echo 42 > /tmp/line &
read -r word < /tmp/line
echo "$(hostname) $word"
