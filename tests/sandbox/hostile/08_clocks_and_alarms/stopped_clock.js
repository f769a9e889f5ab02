// outcome: cpu-time
// Stops every clock that javascript has, then takes its time.
Date.now = performance.now = () => 0;
process.hrtime = () => [0, 0];
process.hrtime.bigint = () => 0n;
globalThis.setTimeout = globalThis.setInterval = () => 0;
for (const name of ['SIGXCPU', 'SIGTERM', 'SIGALRM', 'SIGVTALRM']) {
  process.on(name, () => {});
}
process.on('exit', () => {
  for (;;) continue;
});
for (;;) Date.now();
