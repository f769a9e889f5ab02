// honest: ISOLATED
// tests: lists
// A list with an order of its own.
import java.util.*;

class Solution {
  public List<Integer> evens(List<Integer> values) {
    List<Integer> found = new ArrayList<>() {
      @Override
      public boolean add(Integer x) {
        return x % 2 == 0 && super.add(x);
      }
    };
    for (Integer x : values) found.add(x);
    return found;
  }
}
