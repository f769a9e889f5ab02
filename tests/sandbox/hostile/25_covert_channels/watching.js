// outcome: exited
// says: tried
// Watches files that all boxes share, and waits on them.
const fs = require('fs');
for (const path of ['/usr', '/etc/passwd', '/assay', '/proc/self']) {
  try {
    fs.watch(path, () => {}).on('error', () => {}).close();
    console.log('ESCAPED', path);
  } catch {
  }
}
console.log('tried');
