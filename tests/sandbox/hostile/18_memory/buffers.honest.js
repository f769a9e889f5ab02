// honest: 33554432 500
// Thirty-two million bytes, and much that is thrown away.
const kept = Buffer.alloc(1 << 25, 1);
let made = 0;
for (let i = 0; i < 500; ++i) made += Buffer.alloc(1 << 18).length >> 18;
console.log(kept.length, made);
