// honest: ISOLATED
// tests: stdio
// Many spaces around one answer.
const x = Number(require('fs').readFileSync(0, 'utf8'));
console.log('   ' + x * 2 + '   \n\n');
