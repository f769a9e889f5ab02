// honest: 42 1
// A cache in memory.
const cache = new Map();
let misses = 0;
const slow = (x) => {
  if (!cache.has(x)) cache.set(x, (++misses, x * 2));
  return cache.get(x);
};
slow(21);
console.log(slow(21), misses);
