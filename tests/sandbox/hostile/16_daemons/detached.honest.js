// honest: 42
// A child with its end awaited.
const {spawn} = require('child_process');
const child = spawn('/bin/sh', ['-c', 'exit 42']);
child.on('close', (code) => console.log(code));
