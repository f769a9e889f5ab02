const assert = require('assert');
const values = [3, 1, 2];
assert.deepStrictEqual(sortedCopy(values), [1, 2, 3]);
assert.deepStrictEqual(values, [3, 1, 2]);
