// honest: 42
// A module in a folder of its own.
const fs = require('fs');
fs.mkdirSync('node_modules/own', {recursive: true});
fs.writeFileSync('node_modules/own/index.js', 'exports.answer = 42;');
console.log(require('own').answer);
