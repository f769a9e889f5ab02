// honest: ISOLATED
// A proxy that counts what is read.
let reads = 0;
const counted = (x) => new Proxy(x, {
  get: (target, key) => (++reads, target[key]),
});
function twice(x) {
  if (!Array.isArray(x)) return counted({x}).x * 2;
  const values = counted(x);
  return Array.from(
      {length: values.length * 2}, (_, i) => values[i % values.length]);
}
