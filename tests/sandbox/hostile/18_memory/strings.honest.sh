# honest: 1048576 1048576
# A million letters, as a variable and as a file.
x=x
for i in {1..20}; do x=$x$x; done
printf %s "$x" > /tmp/x
echo "${#x} $(wc -c < /tmp/x)"
