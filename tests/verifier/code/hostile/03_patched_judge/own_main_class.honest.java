// honest: ISOLATED
// A class of its own beside the one that is asked for.
class Solution {
  public int twice(int x) {
    return new Adder(x).add(x);
  }
}
class Adder {
  private final int base;
  Adder(int base) {
    this.base = base;
  }
  int add(int x) {
    return base + x;
  }
}
