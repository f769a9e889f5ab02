// honest: ISOLATED
// An error of its own, caught by itself.
class Solution {
  public int twice(int x) {
    try {
      throw new AssertionError(x);
    } catch (AssertionError e) {
      return 2 * Integer.parseInt(e.getMessage());
    }
  }
}
