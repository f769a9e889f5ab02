// outcome: exited
// collects: out0 out1 out2
// says: left
// A socket, a closed file and an endless one.
const fs = require('fs');
try {
  require('net').createServer().on('error', () => {}).listen('/box/out0');
} catch {
}
fs.writeFileSync('out1', 'x', {mode: 0});
fs.symlinkSync('/dev/zero', 'out2');
console.log('left');
setTimeout(() => process.exit(0), 20);
