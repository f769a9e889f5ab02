// honest: 500000
// Half a million bytes, written and read in a file; the answer is their count.
const fs = require('fs');
const out = fs.createWriteStream('/tmp/out');
for (let i = 0; i < 500; ++i) out.write('x'.repeat(1000));
out.end(() => console.log(fs.statSync('/tmp/out').size));
