// honest: 6
// Three workers, each with its part.
const {Worker} = require('worker_threads');
let sum = 0;
let left = 3;
for (let i = 1; i <= 3; ++i) {
  new Worker(
      'const t = require("worker_threads");' +
          't.parentPort.postMessage(t.workerData)',
      {eval: true, workerData: i})
      .on('message', (x) => {
        sum += x;
        if (--left === 0) console.log(sum);
      });
}
