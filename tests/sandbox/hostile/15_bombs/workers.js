// outcome: exited signaled memory cpu-time wall-time
// Workers that start workers.
const {Worker} = require('worker_threads');
const source = `
  const {Worker} = require('worker_threads');
  for (let i = 0; i < 8; ++i) {
    new Worker(${'`setInterval(() => {}, 1e6)`'}, {eval: true})
        .on('error', () => {});
  }
  setInterval(() => {}, 1e6);`;
let failed = 0;
for (let i = 0; i < 64; ++i) {
  new Worker(source, {eval: true}).on('error', () => {
    if (++failed === 1) process.exit(0);
  });
}
