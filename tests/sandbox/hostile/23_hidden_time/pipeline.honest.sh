# honest: 55
# A loop with a pipe in it.
sum=0
while read -r number; do ((sum += number)); done < <(seq 10)
echo "$sum"
