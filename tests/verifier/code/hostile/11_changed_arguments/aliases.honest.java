// honest: ISOLATED
// tests: lists
// Changes its argument, and gives back another.
import java.util.*;

class Solution {
  public List<Integer> evens(List<Integer> values) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < values.size(); ++i) {
      if (values.get(i) % 2 == 0)
        found.add(values.get(i));
      values.set(i, 0);
    }
    return found;
  }
}
