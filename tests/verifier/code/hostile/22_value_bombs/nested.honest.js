// honest: ISOLATED
// A cycle on the way to an answer.
function twice(x) {
  const node = {x};
  node.self = node;
  const found = node.self.self.self.x;
  return Array.isArray(found) ? [...found, ...found] : found * 2;
}
