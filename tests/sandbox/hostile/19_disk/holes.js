// outcome: exited
// says: bounded
// Holes of a size that no disk has, and one file too large.
const fs = require('fs');
for (const size of [2 ** 31, 2 ** 40, 2 ** 52]) {
  try {
    fs.truncateSync(fs.openSync('/box/hole', 'w'), size);
  } catch {
  }
  try {
    fs.ftruncateSync(fs.openSync('/tmp/hole', 'w'), size);
    console.log('ESCAPED', size);
  } catch {
  }
}
let written = 0;
process.on('SIGXFSZ', () => {});
try {
  const fd = fs.openSync('/tmp/big', 'w');
  const block = Buffer.alloc(1 << 20, 1);
  for (; written < 64; ++written) fs.writeSync(fd, block);
} catch {
}
console.log(written <= 16 ? 'bounded' : 'ESCAPED');
