// honest: ISOLATED
// tests: lists
// An endless stream, cut short.
import java.util.*;
import java.util.stream.*;

class Solution {
  public List<Integer> evens(List<Integer> values) {
    return Stream.iterate(0, i -> i + 1)
        .limit(values.size())
        .map(values::get)
        .filter(x -> x % 2 == 0)
        .collect(Collectors.toList());
  }
}
