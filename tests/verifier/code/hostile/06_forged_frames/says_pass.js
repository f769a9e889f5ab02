// refused: RUNTIME_ERROR WRONG_ANSWER
// Says yes and is gone; by what another program wrote in its place.
const fs = require('fs');
function twice(x) {
  for (const fd of [3, 4, 5, 6]) {
    try {
      fs.writeSync(fd, 'pass\nreturn d42 l0\n');
    } catch {
    }
  }
  require('child_process')
      .spawnSync(
          '/bin/sh', ['-c', 'for i in 3 4 5 6; do echo pass >&$i; done'],
          {stdio: [0, 1, 2, 4, 5, 5].map((x) => x > 2 ? 'inherit' : x)});
  process.exit(0);
}
