// honest: 42
// Waits for a file by looking at it.
const fs = require('fs');
setTimeout(() => fs.writeFileSync('/tmp/answer', '42'), 10);
const look = setInterval(() => {
  if (!fs.existsSync('/tmp/answer')) return;
  clearInterval(look);
  console.log(fs.readFileSync('/tmp/answer', 'utf8'));
}, 5);
