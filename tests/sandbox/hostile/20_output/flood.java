// outcome: output
// Output from four threads at once, without a line's end.
class Flood {
  public static void main(String[] arguments) {
    byte[] piece = new byte[1 << 16];
    for (int i = 0; i < 4; ++i) {
      new Thread(() -> {
        for (;;) System.out.write(piece, 0, piece.length);
      }).start();
    }
  }
}
