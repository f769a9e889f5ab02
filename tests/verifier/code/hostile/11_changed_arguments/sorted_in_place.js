// refused: WRONG_ANSWER
// tests: lists
// Sorts the caller's own array, or makes it one with the result.
function sortedCopy(values) {
  values.sort();
  values.length = 3;
  return values;
}
