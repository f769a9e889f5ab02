// refused: WRONG_ANSWER RUNTIME_ERROR MEMORY_LIMIT TIME_LIMIT
// time: 3000
// Arrays in arrays, each twice, and one within itself.
let depth = 0;
function twice(x) {
  let value = [];
  value.push(value);
  for (let i = 0; i < (++depth % 2 ? 1e5 : 40); ++i) value = [value, value];
  return new Proxy(value, {get: (t, k) => k === 'length' ? 2 ** 53 : twice(x)});
}
