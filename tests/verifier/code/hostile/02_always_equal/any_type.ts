// refused: WRONG_ANSWER RUNTIME_ERROR
// A type that says number, and a thing that is none.
class Same {
  valueOf(): number {
    return 42;
  }
  get[Symbol.toStringTag](): string {
    return 'Number';
  }
}
function twice(x: number): number {
  return new Same() as unknown as number;
}
