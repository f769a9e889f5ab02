# honest: 300 2
# Three hundred files, a link and a pipe.
mkdir /tmp/some
for i in {1..300}; do : > /tmp/some/$i; done
ln -s /tmp/some /box/link
mkfifo /box/pipe
echo "$(ls /box/link/ | wc -l) $(find /box -type l -o -type p | wc -l)"
