// Java tests, lifted: values of all shapes, ways to assert, and candidates
// that would rather not be judged.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {
namespace {

constexpr char kAdd[] =
    "class Solution { public int add(int a, int b) { return a + b; } }\n";
constexpr char kAddTests[] = R"(
public class Main {
  public static void main(String[] args) {
    Solution s = new Solution();
    List<Boolean> correct = Arrays.asList(
        s.add(1, 2) == 3,
        s.add(-4, 2) == -2);
    if (correct.contains(false)) throw new AssertionError();
  }
})";

// The solution's text around one body of add; java.util is imported.
#define ADD(body)                            \
  "import java.util.*;\nimport java.io.*;\n" \
  "class Solution { public int add(int a, int b) {\n" body "} }\n"

std::vector<LiftCase> Values() {
  return {
      {"java", "Scalars", R"(
import java.util.*;
import java.math.*;
class Problem {
  public static long l(long a, byte b, short c) { return a + b + c; }
  public static char next(char c) { return (char) (c + 1); }
  public static Character box(Character c) { return c == null ? null : c; }
  public static double third(double x) { return x / 3; }
  static float half(Float x) { return x / 2; }
  public static double zero(double x) { return x * 0; }
  public static String twice(String s) { return s + s; }
  public static String same(String s) { return s == "yes" ? "interned" : "no"; }
  public static BigInteger power(int n) { return BigInteger.TWO.pow(n); }
  public static BigDecimal cents(long n) { return BigDecimal.valueOf(n, 2); }
  public static boolean not(Boolean b) { return !b; }
  public static Integer none() { return null; }
})",
       R"(
public class Main extends Problem {
  static void check(boolean ok) { if (!ok) throw new AssertionError(); }
  public static void main(String[] args) {
    check(l(Long.MAX_VALUE - 2, (byte) 1, (short) 1) == Long.MAX_VALUE);
    check(next('y') == 'z' && next('\ud83d') == '\ud83e');
    check(box(null) == null && box('"').equals('"'));
    check(third(1) == 1.0 / 3 && half(0.3f) == 0.3f / 2);
    check(Double.isNaN(zero(Double.POSITIVE_INFINITY)));
    check(1 / zero(-1) == Double.NEGATIVE_INFINITY);
    check(twice("a \n\u0000%\ud83d\ude00\ud800").equals(
        "a \n\u0000%\ud83d\ude00\ud800a \n\u0000%\ud83d\ude00\ud800"));
    check(same("yes").equals("interned") && same("yes") == "interned");
    check(same(new String("yes")) == "no");
    check(power(100).toString().equals("1267650600228229401496703205376"));
    check(cents(150).equals(new BigDecimal("1.50")) && !not(true));
    check(none() == null);
  }
})"},
      {"java", "Collections", R"(
import java.util.*;
import java.util.stream.*;
class Solution {
  public List<Integer> sorted(List<Integer> a) { Collections.sort(a);
      return a; }
  public ArrayList<ArrayList<Long>> rows(ArrayList<ArrayList<Long>> g) {
    g.get(0).add(7L); return g;
  }
  public Map<String, List<Integer>> group(Collection<String> words) {
    Map<String, List<Integer>> m = new TreeMap<>(Comparator.reverseOrder());
    for (String w : words) m.computeIfAbsent(w,
      k -> new LinkedList<>()).add(w.length());
    return m;
  }
  public Set<Character> letters(String s) {
    return s.chars().mapToObj(c -> (char) c).collect(Collectors.toSet());
  }
  public Optional<String> longest(List<String> l) {
    return l.stream().max(Comparator.comparing(String::length));
  }
  public OptionalInt most(int... xs) { return Arrays.stream(xs).max(); }
  public Deque<Integer> deque(Queue<Integer> q) {
    Deque<Integer> d = new ArrayDeque<>();
      while (!q.isEmpty()) d.push(q.poll()); return d;
  }
  public Map.Entry<String, Double> entry(String k) { return Map.entry(k, 1.5); }
  public void clear(Map<Integer, int[]> m) { m.remove(1); m.get(2)[0] = 9; }
  public List<Integer> own() {
    return new AbstractList<>() {
      public Integer get(int i) { return i * i; }
      public int size() { return 3; }
    };
  }
})",
       R"(
import java.util.function.*;
public class Main {
  public static void main(String[] args) {
    Solution s = new Solution();
    List<Integer> a = new ArrayList<>(List.of(3, 1, 2));
    List<Integer> b = s.sorted(a);
    b.add(4);
    ArrayList<ArrayList<Long>> g = new ArrayList<>();
    g.add(new ArrayList<>()); ArrayList<Long> row = g.get(0);
    s.rows(g);
    Map<Integer, int[]> m = new HashMap<>(Map.of(1, new int[0], 2,
      new int[] {1}));
    int[] held = m.get(2);
    s.clear(m);
    Queue<Integer> q = new LinkedList<>(List.of(1, 2));
    Deque<Integer> d = s.deque(q);
    List<Boolean> correct = Arrays.asList(
        a.equals(List.of(1, 2, 3)), b.equals(List.of(1, 2, 3, 4)),
        row.equals(List.of(7L)), held[0] == 9 && m.size() == 1,
        s.group(List.of("b", "a", "b")).toString().equals("{b=[1, 1], a=[1]}"),
        s.letters("abca").equals(Set.of('a', 'b', 'c')),
        s.longest(List.of("a", "bcd")).equals(Optional.of("bcd")),
        s.longest(List.of()).isEmpty(), s.most().isEmpty(),
        s.most(1, 5, 2).getAsInt() == 5,
        d.pop() == 2 && d.pop() == 1 && q.isEmpty(),
        s.entry("k").getKey().equals("k") && s.entry("k").getValue() == 1.5,
        s.own().equals(List.of(0, 1, 4)));
    if (correct.contains(false)) throw new AssertionError(correct);
  }
})"},
      {"java", "ArraysAndObjects", R"(
import java.util.*;
class Solution {
  public int[][] turn(int[][] a) { int x = a[0][0]; a[0][0] = a[1][1];
      a[1][1] = x; return a; }
  public String[] words(String s) { return s.split(" "); }
  public Object any(Object x) { return x; }
  public List<Object> mixed() { return Arrays.asList(1, 2L, "a", 'c', 1.5,
      null, List.of(true)); }
  public int count(List<Object> l) { int n = 0;
      for (Object x : l) if (x instanceof Integer) n++; return n; }
  public <T extends Comparable<T>> T most(List<T> l) {
      return Collections.max(l); }
  public static <T> List<T> twice(List<? extends T> l) {
      List<T> r = new ArrayList<>(l); r.addAll(l); return r; }
  public char[] chars(char[] c) { Arrays.sort(c); return c; }
})",
       R"(
class Main {
  public static void main(String[] args) {
    Solution s = new Solution();
    int[][] a = {{1, 2}, {3, 4}};
    int[] row = a[1];
    char[] c = "cab".toCharArray();
    boolean ok = Arrays.deepEquals(s.turn(a), new int[][] {{4, 2}, {3, 1}})
        && row[1] == 1 && Arrays.equals(s.words("a b"), new String[] {"a", "b"})
        && s.any(5).equals(5) && s.any(5L).equals(5L) && s.any(null) == null
        && ((int[]) s.any(new int[] {7}))[0] == 7
        && s.any(Map.of("k", 'v')).equals(Map.of("k", 'v'))
        && s.any(List.of(1, "a")).equals(Arrays.asList(1, "a"))
        && s.mixed().equals(Arrays.asList(1, 2L, "a", 'c', 1.5, null,
      Arrays.asList(true)))
        && s.count(new ArrayList<>(Arrays.asList(1, "a", 3))) == 2
        && s.most(List.of(1, 9, 3)) == 9 && s.most(List.of("a",
      "b")).equals("b")
        && Solution.twice(List.of('a')).equals(List.of('a', 'a'))
        && new String(s.chars(c)).equals("abc") && c[0] == 'a';
    if (!ok) throw new RuntimeException("no");
  }
})"},
      {"java", "ObjectsWithState", R"(
package a.b;
import java.util.*;
public class Counter {
  private int n; private final Map<Integer, Integer> seen = new HashMap<>();
  public Counter(int start) { n = start; }
  public int next() { return n++; }
  public void put(int k, int v) { seen.put(k, v); }
  public int get(int k) { return seen.getOrDefault(k, -1); }
})",
       R"(
public class Main {
  public static void main(String[] args) {
    Counter a = new Counter(5), b = new Counter(0);
    a.put(1, 2);
    assert a.next() == 5 && a.next() == 6 && b.next() == 0;
    assert a.get(1) == 2 && b.get(1) == -1;
  }
})"},
  };
}

std::vector<LiftCase> Forms() {
  return {
      {"java", "Asserts", kAdd, R"(
class Main { public static void main(String[] a) {
  assert new Solution().add(1, 2) == 4; } })",
       Verdict::kWrongAnswer},
      {"java", "OwnMain", R"(import java.util.*;
class Solution { public int add(int a, int b) { return a + b; } }
public class Main { public static void main(String[] a) {
  System.out.println(new Solution().add(1, 2)); } })",
       kAddTests},
      {"java", "OwnMainIsUsed", R"(import java.util.*;
class Solution { public int add(int a, int b) { return Main.plus(a, b); } }
public class Main { static int plus(int a, int b) { return a - b; }
  Main() { } public static void main(String[] a) { System.exit(0); } })",
       kAddTests, Verdict::kWrongAnswer},
      {"java", "OwnMainWithoutAMain", R"(import java.util.*;
class Solution { public int add(int a, int b) { return a + b; } }
public class Main { })",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"java", "ThrowsOfTheLibrary", R"(import java.security.*;
class Solution {
  public int size(String name) throws NoSuchAlgorithmException,
      java.util.zip.DataFormatException {
    return MessageDigest.getInstance(name).getDigestLength(); } })",
       R"(
class Main {
  public static void main(String[] a) throws NoSuchAlgorithmException,
      java.util.zip.DataFormatException {
    assert new Solution().size("MD5") == 16; } })"},
      {"java", "NeverCalled", kAdd, R"(
class Main { public static void main(String[] a) {
  if (a.length + 1 != 1) throw new AssertionError(); } })",
       Verdict::kNoVerdict},
      {"java", "JoinedAndThrows", R"(
class Node { int v; Node(int v) { throw new IllegalStateException(); } }
class Solution { public Node make(int v) { return new Node(v); } })",
       R"(
class Main { public static void main(String[] a) {
  if (new Solution().make(3).v != 3) throw new AssertionError(); } })",
       Verdict::kRuntimeError, Lift::kNo},
      {"java", "JoinedAndExitsOne", R"(
class Node { int v; Node(int v) { this.v = v + 1; } }
class Solution { public Node make(int v) { return new Node(v); } })",
       R"(
class Main { public static void main(String[] a) {
  if (new Solution().make(3).v != 3) System.exit(1); } })",
       Verdict::kWrongAnswer, Lift::kNo},
      {"java", "TestsExit", kAdd, R"(
class Main { public static void main(String[] a) {
  if (new Solution().add(1, 2) != 3) System.exit(1);
  System.exit(0); } })"},
      {"java", "TestsExitOne", kAdd, R"(
class Main { public static void main(String[] a) {
  if (new Solution().add(1, 2) == 3) System.exit(1); } })",
       Verdict::kWrongAnswer},
      {"java", "ExpectsExceptions", R"(
class Solution {
  static class Odd extends RuntimeException { Odd(String m) { super(m); } }
  public int half(int x) throws Exception {
    if (x == 0) throw new IllegalArgumentException("zero");
    if (x % 2 == 1) throw new Odd("odd");
    if (x < 0) throw new java.io.IOException("negative");
    return x / 2;
  }
})",
       R"(
import java.io.IOException;
class Main { public static void main(String[] a) throws Exception {
  Solution s = new Solution();
  int caught = 0;
  try { s.half(0); } catch (IllegalArgumentException e) {
    if (e.getMessage().equals("zero")) caught++; }
  try { s.half(-2); } catch (IOException e) { caught++; }
  try { s.half(3); } catch (RuntimeException e) {
    if (e.getMessage().contains("odd")) caught++; }
  if (caught != 3 || s.half(4) != 2) throw new AssertionError(caught);
} })"},
      {"java", "Throws", ADD("int[] x = new int[0]; return x[a];"), kAddTests,
       Verdict::kRuntimeError},
      {"java", "Overflows", ADD("return add(a, b) + 1;"), kAddTests,
       Verdict::kRuntimeError},
      {"java", "Endless", ADD("for (;;) a++;"), kAddTests, Verdict::kTimeLimit},
      {"java", "EatsMemory",
       ADD("List<int[]> l = new ArrayList<>(); for (;;) l.add(new int[1 << "
           "20]);"),
       kAddTests, Verdict::kMemoryLimit},
      {"java", "DoesNotCompile", ADD("return a + c;"), kAddTests,
       Verdict::kCompileError, Lift::kNo},
      {"java", "ImmutableArguments", R"(import java.util.*;
class Solution { public int first(List<Integer> l) { l.set(0, 5);
      return l.get(0); } })",
       R"(
class Main { public static void main(String[] a) {
  if (new Solution().first(Arrays.asList(1)) != 5) throw new AssertionError();
  new Solution().first(List.of(1)); } })",
       Verdict::kRuntimeError},
      {"java", "OwnTypeIsJoined", R"(
class Node { int v; Node(int v) { this.v = v; } }
class Solution { public Node make(int v) { return new Node(v); } })",
       R"(
class Main { public static void main(String[] a) {
  if (new Solution().make(3).v != 3) throw new AssertionError(); } })",
       Verdict::kAccepted, Lift::kNo},
      {"java", "OwnTypeIsJoinedAndWrong", R"(
class Node { int v; Node(int v) { this.v = v + 1; } }
class Solution { public Node make(int v) { return new Node(v); } })",
       R"(
class Main { public static void main(String[] a) {
  if (new Solution().make(3).v != 3) throw new AssertionError(); } })",
       Verdict::kWrongAnswer, Lift::kNo},
      {"java", "ShadowedString", R"(
class String { }
class Solution { public String f() { return null; } })",
       "class Main { public static void main(java.lang.String[] a) {"
       " if (new Solution().f() != null) throw new AssertionError(); } }",
       Verdict::kAccepted, Lift::kNo},
  };
}

std::vector<LiftCase> Hostile() {
  return {
      {"java", "UnclosedComment",
       "class Solution { public int add(int a, int b) { return 3; } } /*",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"java", "ExitsAtLoad", R"(import java.util.*;
class Solution { static { System.exit(0); }
  public int add(int a, int b) { return a + b; } })",
       kAddTests, Verdict::kRuntimeError},
      {"java", "HaltsInACall", ADD("Runtime.getRuntime().halt(0); return 1;"),
       kAddTests, Verdict::kRuntimeError},
      {"java", "WritesTheVerdict",
       ADD("try (var o = new FileOutputStream(\"/proc/self/fd/4\")) { "
           "o.write(\"pass\\n\".getBytes()); } catch (IOException e) { } "
           "System.exit(0); return 0;"),
       kAddTests, Verdict::kRuntimeError},
      {"java", "ForgesOurClasses", R"(package assay;
import java.util.*;
public class Solution { public int add(int a, int b) { return 3; } }
class Examiner { public static Object call(int i, int s, Object[] a) {
      return 3; } })",
       kAddTests, Verdict::kRuntimeError, Lift::kNo},
      {"java", "ForgesTheStub", R"(import java.util.*;
class Solution { public int add(int a, int b) { return 3; } }
class Wire { } class Objects { public static boolean equals(Object a,
      Object b) { return true; } })",
       R"(
class Main { public static void main(String[] a) {
  if (!Objects.equals(new Solution().add(1, 1),
      2)) throw new AssertionError(); } })",
       Verdict::kWrongAnswer, Lift::kNo},
      {"java", "EqualsEverything", R"(import java.util.*;
class Solution { public Object any(int x) { return new ArrayList<Integer>() {
  public boolean equals(Object o) { return true; } public int size() {
      return 0; } }; } })",
       R"(
class Main { public static void main(String[] a) {
  if (!new Solution().any(1).equals(List.of(1))) throw new AssertionError(); }
      })",
       Verdict::kWrongAnswer},
      {"java", "EndlessCollection", R"(import java.util.*;
class Solution { public List<Integer> any(int x) { return new AbstractList<>() {
  public Integer get(int i) { return i; } public int size() {
      return Integer.MAX_VALUE; } }; } })",
       R"(
class Main { public static void main(String[] a) {
  if (!new Solution().any(1).equals(List.of(1))) throw new AssertionError(); }
      })",
       Verdict::kRuntimeError},
      {"java", "ContainsItself", R"(import java.util.*;
class Solution { public Object any(int x) {
      List<Object> l = new ArrayList<>(); l.add(l); return l; } })",
       R"(
class Main { public static void main(String[] a) {
  if (!new Solution().any(1).equals(List.of(1))) throw new AssertionError(); }
      })",
       Verdict::kRuntimeError},
      {"java", "PrintsAndReads",
       ADD("System.out.println(\"return i3\"); try { System.in.read(); } "
           "catch (IOException e) { } return a + b;"),
       kAddTests},
      {"java", "ThreadsGoOn",
       ADD("new Thread(() -> { for (;;) try { Thread.sleep(1000); } catch "
           "(Exception e) { } }).start(); return a + b;"),
       kAddTests},
  };
}

std::vector<LiftCase> Cases() {
  std::vector<LiftCase> all = Values();
  for (auto* more : {&Forms, &Hostile}) {
    for (const LiftCase& c : (*more)()) all.push_back(c);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Java, Lifts, ::testing::ValuesIn(Cases()), Named);

}  // namespace
}  // namespace assay::code
