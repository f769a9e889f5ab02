// honest: ISOLATED
// Listens to its own end.
process.on('exit', () => {});
process.on('uncaughtException', () => process.exit(1));
function twice(x) {
  return Array.isArray(x) ? [...x, ...x] : x * 2;
}
