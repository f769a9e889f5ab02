// outcome: exited
// says: tried
// Speaks the channel that node has with a parent, where there is none.
const fs = require('fs');
if (process.send) console.log('ESCAPED channel');
let sent = 0;
for (let fd = 3; fd < 64; ++fd) {
  try {
    if (!fs.fstatSync(fd).isFIFO() && !fs.fstatSync(fd).isSocket()) continue;
    // node's own event pipes are its own to break.
    if (fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket')) {
      console.log('ESCAPED', fd);
    }
    ++sent;
  } catch {
  }
}
console.log('tried', sent >= 0);
