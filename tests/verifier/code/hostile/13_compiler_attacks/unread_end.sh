# refused: COMPILE_ERROR WRONG_ANSWER RUNTIME_ERROR
# A document that would swallow whatever is written after it.
twice() { echo 7; }
cat <<'END'
