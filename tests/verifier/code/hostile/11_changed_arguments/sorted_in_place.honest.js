// honest: ISOLATED
// tests: lists
// Changes its argument, and changes it back.
function sortedCopy(values) {
  const before = [...values];
  const own = [...values.sort()];
  before.forEach((x, i) => values[i] = x);
  return own;
}
