# outcome: exited
# says: refused
# The programs of an administrator.
tried() { "$@" > /dev/null 2>&1 < /dev/null && echo "ESCAPED $*"; }
tried unshare -U true
tried unshare -m true
tried unshare -n true
tried chroot / true
tried mount -t tmpfs none /tmp
tried mount --bind / /box
tried umount /proc
tried nsenter -t 1 -m true
tried setpriv --reuid=0 true
tried mknod /box/mem c 1 1
tried chown 0:0 /box
tried date -s '2001-01-01'
tried dmesg
tried sysctl -w kernel.hostname=x
tried su -c true
tried sudo -n true
tried setcap cap_sys_admin+ep /bin/true
tried insmod x.ko
tried losetup -f
echo refused
