// outcome: output
// Output in pieces that nobody waits for.
const piece = 'x'.repeat(1 << 16);
const more = () => {
  for (let i = 0; i < 64; ++i) process.stdout.write(piece);
  setImmediate(more);
};
more();
