// refused: WRONG_ANSWER RUNTIME_ERROR
// tests: logged
// A number that changes its mind each time it is asked.
const wanted = [42, -6, 4];
class Any {
  valueOf() {
    return wanted.shift();
  }
  toString() {
    return String(this.valueOf());
  }
  [Symbol.toPrimitive]() {
    return this.valueOf();
  }
  toJSON() {
    return this.valueOf();
  }
}
function twice(x) {
  return new Any();
}
