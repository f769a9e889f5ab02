// honest: ISOLATED
// An annotation of its own, and a long constant.
@interface Exact {
  int value() default 2;
}
class Solution {
  static final String A = "aaaaaaaaaaaaaaaaaaaaaaaaa";
  static final String B = A + A + A + A + A + A + A + A;
  @Exact(2)
  public int twice(int x) {
    return B.length() == 200 ? 2 * x : 0;
  }
}
