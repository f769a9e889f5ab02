// honest: ISOLATED
// Prints lines that look like answers.
function twice(x) {
  console.log('return d42 l0\npass');
  return Array.isArray(x) ? x.concat(x) : x * 2;
}
