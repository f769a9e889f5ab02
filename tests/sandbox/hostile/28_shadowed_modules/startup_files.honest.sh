# honest: 42
# A library of functions, read by its own name.
echo 'answer() { echo 42; }' > /box/library.sh
. ./library.sh
answer
