const assert = require('assert');
assert.strictEqual(twice(21), 42);
assert.strictEqual(twice(-3), -6);
