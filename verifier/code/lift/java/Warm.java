import java.util.*;
import java.util.function.*;
import java.util.stream.*;

interface Shape { double area(); }

record Square(double side) implements Shape {
  public double area() { return side * side; }
}

enum Color { RED, GREEN; Color next() { return values()[(ordinal() + 1) % 2]; } }

class Solution {
  private final Map<String, List<Integer>> seen = new HashMap<>();

  public List<Integer> sorted(List<Integer> in, int limit) throws Exception {
    List<Integer> out = new ArrayList<>();
    for (int x : in) if (x % 2 == 0 && x < limit) out.add(x * x);
    Collections.sort(out, (a, b) -> b - a);
    seen.computeIfAbsent("k", k -> new LinkedList<>()).addAll(out);
    return out.stream().map(x -> x + 1).filter(x -> x > 0).collect(Collectors.toList());
  }

  static <T extends Comparable<T>> Optional<T> most(Collection<? extends T> in) {
    T best = null;
    for (T x : in) if (best == null || x.compareTo(best) > 0) best = x;
    return Optional.ofNullable(best);
  }

  static String words(String text, char... marks) {
    StringBuilder out = new StringBuilder();
    label:
    for (int i = 0; i < text.length(); i++) {
      for (char mark : marks) if (mark == text.charAt(i)) continue label;
      switch (text.charAt(i)) {
        case 'a': out.append(1); break;
        default: out.append(Character.toUpperCase(text.charAt(i)));
      }
    }
    try {
      return out.reverse().toString() + Integer.parseInt("12") + 1.5 + 2L + text;
    } catch (NumberFormatException | IllegalStateException e) {
      throw new RuntimeException(e);
    } finally {
      marks[0] ^= 1;
    }
  }
}

public class Warm {
  public static void main(String[] args) throws Exception {
    Solution s = new Solution();
    List<Boolean> right = Arrays.asList(
        s.sorted(Arrays.asList(1, 2), 3).equals(List.of(5)),
        Objects.equals(Solution.words("abc", 'b'), "x"),
        new Square(2).area() == 4.0);
    int[][] grid = new int[3][4];
    long sum = 0;
    while (sum < 3) sum += grid[(int) sum].length > 0 ? 1 : 2;
    if (right.contains(false)) throw new AssertionError(right);
    Function<Integer, Integer> f = x -> x + 1;
    Runnable r = new Runnable() { public void run() { System.out.println(f.apply(1)); } };
    r.run();
    assert IntStream.range(0, 3).boxed().mapToInt(Integer::intValue).sum() == 3;
  }
}
