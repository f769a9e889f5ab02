const assert = require('assert');
assert.strictEqual(twice(21), 42);
assert.strictEqual(twice(-3), -6);
assert.deepStrictEqual(twice([1]), [1, 1]);
