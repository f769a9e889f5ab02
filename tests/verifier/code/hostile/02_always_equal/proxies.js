// refused: WRONG_ANSWER RUNTIME_ERROR
// A thing that is anything to anyone.
const all = new Proxy(function() {}, {
  get: (target, key) => key === Symbol.toPrimitive ? () => 42 :
      key === 'length'                             ? 2 :
      key === 'constructor'                        ? Array :
                                                     all,
  has: () => true,
  apply: () => true,
  getPrototypeOf: () => Array.prototype,
  ownKeys: () => ['length', 'prototype', '0', '1'],
  getOwnPropertyDescriptor: (target, key) => key === 'prototype' ?
      Object.getOwnPropertyDescriptor(target, key) :
      {value: 1, configurable: true, enumerable: true, writable: true},
});
function twice(x) {
  return all;
}
