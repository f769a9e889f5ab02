// honest: ISOLATED
// An enumeration and an interface.
enum Factor {
  Two = 2
}
interface Scaled {
  value: number
}
function twice(x: number): number {
  const scaled: Scaled = {value: x * Factor.Two};
  return scaled.value;
}
