// honest: ISOLATED
// A module of its own, written and asked for.
const fs = require('fs');
fs.writeFileSync('/box/double.js', 'module.exports = (x) => x * 2;');
const double = require('/box/double.js');
function twice(x) {
  return Array.isArray(x) ? x.concat(x) : double(x);
}
