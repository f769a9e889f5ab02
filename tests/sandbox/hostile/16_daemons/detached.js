// outcome: exited
// says: left
// Detached children with a parent that does not look back.
const {spawn} = require('child_process');
for (let i = 0; i < 3; ++i) {
  spawn(
      '/bin/sh', ['-c', 'trap "" 1 2 15; while :; do sleep 0.1; done'],
      {detached: true, stdio: 'ignore'})
      .on('error', () => {})
      .unref();
}
console.log('left');
process.exit(0);
