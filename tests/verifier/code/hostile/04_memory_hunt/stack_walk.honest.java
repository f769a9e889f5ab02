// honest: ISOLATED
// Asks who called.
class Solution {
  public int twice(int x) {
    String name = StackWalker.getInstance().walk(
        frames -> frames.findFirst().get().getMethodName());
    return name.equals("twice") ? 2 * x : 0;
  }
}
