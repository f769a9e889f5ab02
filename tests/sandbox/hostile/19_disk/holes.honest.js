// honest: 4194304 3
// A file with a hole, and a line after it.
const fs = require('fs');
fs.writeFileSync('/tmp/file', 'abc');
fs.truncateSync('/tmp/file', 1 << 22);
console.log(
    fs.statSync('/tmp/file').size, fs.readFileSync('/tmp/file').indexOf(0));
