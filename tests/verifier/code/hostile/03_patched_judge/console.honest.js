// honest: ISOLATED
// tests: logged
// A program that logs what it does.
const log = console.log;
console.log = (...words) => log('twice:', ...words);
function twice(x) {
  console.log(x);
  return x * 2;
}
