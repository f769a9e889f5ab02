// honest: 42
// collects: out0
// A file by a stream.
const out = require('fs').createWriteStream('out0');
out.end('42\n', () => console.log(42));
