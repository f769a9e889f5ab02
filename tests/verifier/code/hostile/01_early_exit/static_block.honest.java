// honest: ISOLATED
// A table made when its class is loaded.
class Solution {
  static final int[] TABLE = new int[100];
  static {
    for (int i = 0; i < 100; ++i) TABLE[i] = 2 * i;
  }
  public int twice(int x) {
    return x < 0 || x >= 100 ? 2 * x : TABLE[x];
  }
}
