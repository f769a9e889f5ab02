# honest: 1000 box 644 2
# The programs of a user.
touch /tmp/a && chmod 644 /tmp/a && cp -a /tmp/a /tmp/b
echo "$(id -u) $(whoami) $(stat -c %a /tmp/a) $(ls /tmp | wc -l)"
