// refused: OUTPUT_LIMIT RUNTIME_ERROR TIME_LIMIT WRONG_ANSWER
// time: 2000
// Output in place of an answer.
const fs = require('fs');
function twice(x) {
  const block = 'x'.repeat(1 << 20);
  for (;;) fs.writeSync(1, block);
}
