// honest: true true
// A clock of its own for a test, and a short wait by the real one.
const real = Date.now;
Date.now = () => 7;
const frozen = Date.now() === 7;
Date.now = real;
const start = performance.now();
setTimeout(() => console.log(frozen, performance.now() >= start), 5);
