# honest: ISOLATED
# tests: stdio
# A note in a file, within one run.
read -r number
echo "$number" > /tmp/n
echo $(($(< /tmp/n) * 2))
