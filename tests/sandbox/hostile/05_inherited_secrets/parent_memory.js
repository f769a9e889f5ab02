// outcome: exited
// says: looked
// The memory, the maps and the folders of every process in sight.
const fs = require('fs');
for (const pid of fs.readdirSync('/proc').filter((x) => /^\d+$/.test(x))) {
  if (pid === String(process.pid)) continue;
  for (const name of ['mem', 'maps', 'environ', 'auxv', 'syscall']) {
    try {
      const fd = fs.openSync(`/proc/${pid}/${name}`, 'r');
      if (fs.readSync(fd, Buffer.alloc(16), 0, 16, null) > 0) {
        console.log('ESCAPED', pid, name);
      }
    } catch {
    }
  }
  for (const name of ['root', 'cwd', 'fd', 'map_files', 'task/1/fd']) {
    try {
      fs.readdirSync(`/proc/${pid}/${name}/`);
      console.log('ESCAPED', pid, name);
    } catch {
    }
  }
}
console.log('looked');
