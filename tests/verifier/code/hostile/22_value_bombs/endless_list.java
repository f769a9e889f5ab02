// refused: WRONG_ANSWER RUNTIME_ERROR MEMORY_LIMIT TIME_LIMIT OUTPUT_LIMIT
// tests: lists
// time: 3000
// A list that is longer than it says, and never at its end.
import java.util.*;

class Solution {
  public List<Integer> evens(List<Integer> values) {
    return new AbstractList<>() {
      @Override
      public Integer get(int i) {
        return 2;
      }
      @Override
      public int size() {
        return Integer.MAX_VALUE;
      }
      @Override
      public Iterator<Integer> iterator() {
        return java.util.stream.Stream.generate(() -> 2).iterator();
      }
    };
  }
}
