// honest: 499999500000
// A long sum in another thread.
const {Worker} = require('worker_threads');
new Worker(
    'let s = 0; for (let i = 0; i < 1e6; ++i) s += i;' +
        'require("worker_threads").parentPort.postMessage(s)',
    {eval: true})
    .on('message', (x) => console.log(x));
