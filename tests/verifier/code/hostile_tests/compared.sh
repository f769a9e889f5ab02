result=$(twice 21)
if [ "$result" != "42" ]; then exit 1; fi
test "$(twice -3)" = "-6" || exit 1
diff <(twice 2) <(echo 4) > /dev/null || exit 1
echo "$(twice 3)" | grep -qx 6 || exit 1
