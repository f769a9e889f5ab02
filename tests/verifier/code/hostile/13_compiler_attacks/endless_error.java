// refused: COMPILE_ERROR
// Constants without end, and an annotation that would run code.
@javax.annotation.processing.SupportedAnnotationTypes("*")
class Solution {
  static final String A =
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  static final String B = A + A + A + A + A + A + A + A + A + A;
  static final String C = B + B + B + B + B + B + B + B + B + B;
  static final String D = C + C + C + C + C + C + C + C + C + C;
  static final String E = D + D + D + D + D + D + D + D + D + D;
  static final String F = E + E + E + E + E + E + E + E + E + E;
  static final String G = F + F + F + F + F + F + F + F + F + F;
  public int twice(int x) {
    return G.length() + undefined;
  }
}
