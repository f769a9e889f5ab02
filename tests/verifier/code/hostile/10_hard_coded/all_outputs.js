// refused: WRONG_ANSWER
// tests: stdio
// Prints every answer that it can think of.
const out = [];
for (let i = -100; i <= 100; ++i) out.push(i);
console.log(out.join('\n'));
