// honest: number true /box
// What a program may ask of itself.
const fs = require('fs');
console.log(
    typeof process.memoryUsage().rss,
    fs.readFileSync('/proc/self/status', 'utf8').includes('VmRSS'),
    process.cwd());
