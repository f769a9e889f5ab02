// outcome: exited
// runs: 2
// says: kept
// Keeps answers in each cache that node knows a folder for.
const fs = require('fs');
const os = require('os');
const path = require('path');
const folders = [os.homedir(), os.tmpdir(), '.', '/var/cache', '/run'];
for (const folder of new Set(folders.map((x) => path.resolve(x)))) {
  const file = path.join(folder, '.assay_left_cache');
  try {
    if (fs.existsSync(file)) console.log('ESCAPED', file);
    fs.writeFileSync(file, '42');
  } catch {
  }
}
console.log('kept');
