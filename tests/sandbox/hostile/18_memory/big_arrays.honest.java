// honest: 8388608 1000
// Thirty-two million bytes, and much that is thrown away.
class BigArraysHonest {
  public static void main(String[] arguments) {
    int[] kept = new int[1 << 23];
    kept[kept.length - 1] = 1;
    int made = 0;
    for (int i = 0; i < 1000; ++i) made += new byte[1 << 18].length >> 18;
    System.out.println(kept.length + " " + made);
  }
}
