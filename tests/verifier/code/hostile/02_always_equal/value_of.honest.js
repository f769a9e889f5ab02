// honest: ISOLATED
// tests: logged
// A class with a value, taken out before it is returned.
class Amount {
  constructor(x) {
    this.x = x;
  }
  valueOf() {
    return this.x;
  }
}
function twice(x) {
  return new Amount(x) * 2;
}
