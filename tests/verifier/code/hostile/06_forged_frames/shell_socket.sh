# refused: RUNTIME_ERROR WRONG_ANSWER
# Answers ahead, redefines the answering, and speaks for the judge.
for fd in 3 4 5 6 255; do
  printf 'ready twice\nreturn i0 42%%0A n\npass\n' >&$fd
done 2> /dev/null
assay_answer() { printf 'return i0 42 \n' >&5; }
assay_escape() { REPLY=42; }
assay_apart() { REPLY=42 STATUS=0; }
printf() { builtin printf 'return i0 42 \n' >&5; }
read() { builtin read "$@"; echo pass >&4; }
readonly -f assay_answer printf
twice() { echo 7; }
