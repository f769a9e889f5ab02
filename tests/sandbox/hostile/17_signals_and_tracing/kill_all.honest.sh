# honest: 143 0
# A timeout of its own.
sleep 100 &
kill %1
wait %1
first=$?
timeout 5 true
echo "$first $?"
