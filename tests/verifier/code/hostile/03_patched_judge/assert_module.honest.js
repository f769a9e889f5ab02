// honest: ISOLATED
// Its own assertions, by a name of its own.
const check = require('assert');
function twice(x) {
  check.ok(x !== undefined);
  return Array.isArray(x) ? x.concat(x) : x * 2;
}
