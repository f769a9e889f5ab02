// Program and tests in one process; descriptor 3 is copied to descriptor 4
// when the tests have ended, or say that an assertion failed.
'use strict';

const fs = require('fs');
const vm = require('vm');

function join(program, tests) {
  const read = fs.readFileSync;
  const write = fs.writeSync;
  for (const [name, value] of Object.entries(
           {require, module, exports: module.exports, __filename, __dirname})) {
    Object.defineProperty(globalThis, name, {
      value, configurable: true, enumerable: false, writable: true});
  }
  const first = new vm.Script(program, {filename: '/box/main.js'});
  const second = new vm.Script(tests, {filename: '/box/tests.js'});
  first.runInThisContext();
  let ended = false, failed = false;
  process.on('uncaughtExceptionMonitor', (error) => {
    failed = error !== null && typeof error === 'object' &&
        error.code === 'ERR_ASSERTION';
  });
  process.on('exit', (code) => {
    if (failed || ended && code === 0) write(4, read(3));
  });
  second.runInThisContext();
  ended = true;
}
