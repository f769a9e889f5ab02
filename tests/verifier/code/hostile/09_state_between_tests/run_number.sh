# refused: WRONG_ANSWER RUNTIME_ERROR
# tests: stdio
# Tells its tests apart by files that it left.
answers=(42 -6)
for file in /tmp/n /box/n ~/n; do
  [[ -e $file ]] && { echo "${answers[1]}"; exit; }
  : > $file
done 2> /dev/null
echo "${answers[0]}"
