// honest: ISOLATED
// A generic function with a cast.
function both<T>(x: T): [T, T] {
  return [x, x];
}
function twice(x: number): number {
  const [a, b] = both(x as unknown) as [number, number];
  return a + b;
}
