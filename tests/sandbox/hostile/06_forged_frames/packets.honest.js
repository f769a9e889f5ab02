// honest: 42
// A channel with a worker of its own.
const {Worker} = require('worker_threads');
new Worker(
    'const {parentPort: p} = require("worker_threads");' +
        'p.on("message", (x) => { p.postMessage(x + 2); p.close(); });',
    {eval: true})
    .on('message', (x) => console.log(x))
    .postMessage(40);
