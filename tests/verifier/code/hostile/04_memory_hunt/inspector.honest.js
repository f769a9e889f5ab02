// honest: ISOLATED
// Reads its own stack and its own text.
function twice(x) {
  if (!new Error().stack.includes('twice')) throw new Error('lost');
  if (!twice.toString().includes('concat')) throw new Error('lost');
  return Array.isArray(x) ? x.concat(x) : x * 2;
}
