// honest: 100000
// A hundred thousand lines to a string.
class FloodHonest {
  public static void main(String[] arguments) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100000; ++i) text.append(i).append('\n');
    System.out.println(text.toString().lines().count());
  }
}
