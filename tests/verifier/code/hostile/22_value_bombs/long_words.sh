# refused: WRONG_ANSWER RUNTIME_ERROR MEMORY_LIMIT TIME_LIMIT OUTPUT_LIMIT
# time: 1000
# Sixteen million letters that each need three, and a status too large.
twice() {
  head -c 16000000 /dev/zero | tr '\0' '%'
  return 77777
}
