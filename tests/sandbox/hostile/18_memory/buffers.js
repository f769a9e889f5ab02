// outcome: memory signaled exited
// code: 1
// Buffers, which are outside the heap that node bounds.
const kept = [];
for (let i = 0; i < 4096; ++i) kept.push(Buffer.alloc(1 << 20, 1));
console.log('ESCAPED', kept.length);
