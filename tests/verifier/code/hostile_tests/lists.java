import java.util.*;
public class Main {
  public static void main(String[] args) {
    Solution s = new Solution();
    if (!s.evens(Arrays.asList(1, 2, 4)).equals(Arrays.asList(2, 4)))
      throw new AssertionError();
    if (!s.evens(new ArrayList<>()).isEmpty())
      throw new AssertionError();
  }
}
