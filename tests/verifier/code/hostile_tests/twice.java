public class Main {
  public static void main(String[] args) {
    Solution s = new Solution();
    if (s.twice(21) != 42)
      throw new AssertionError();
    if (s.twice(-3) != -6)
      throw new AssertionError();
  }
}
