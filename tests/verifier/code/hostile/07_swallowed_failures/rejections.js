// refused: WRONG_ANSWER RUNTIME_ERROR TIME_LIMIT
// tests: later
// time: 500
// Promises that are never kept, or kept for all.
process.on('unhandledRejection', () => {});
Promise.prototype.then = function() {
  return this;
};
Promise.prototype.catch = () => ({});
async function later(x) {
  return {then() {}};
}
