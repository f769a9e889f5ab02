// outcome: cpu-time
// All the work in other threads; the main one only waits.
const {Worker} = require('worker_threads');
for (let i = 0; i < 4; ++i) new Worker('for (;;) {}', {eval: true});
