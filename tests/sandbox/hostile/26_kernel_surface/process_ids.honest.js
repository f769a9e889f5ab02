// honest: 1000 linux true
// Who and where a program is.
const os = require('os');
console.log(process.getuid(), os.platform(), os.cpus().length >= 0);
