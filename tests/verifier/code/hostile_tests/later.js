const assert = require('assert');
(async () => {
  assert.strictEqual(await later(21), 42);
  assert.strictEqual(await later(-3), -6);
})();
