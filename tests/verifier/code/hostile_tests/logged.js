console.assert(twice(21) === 42);
if (twice(-3) !== -6) throw new Error('wrong');
if (twice(2) != 4) process.exit(1);
