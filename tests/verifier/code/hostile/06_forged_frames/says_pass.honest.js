// honest: ISOLATED
// Another program's answer.
const {execFileSync} = require('child_process');
function twice(x) {
  if (Array.isArray(x)) return x.concat(x);
  return Number(execFileSync('/bin/sh', ['-c', `echo $((${x} * 2))`]));
}
