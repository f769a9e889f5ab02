// honest: 42
// A program whose output is read to its end.
class BuilderHonest {
  public static void main(String[] arguments) throws Exception {
    Process echo = new ProcessBuilder("/bin/echo", "42").start();
    String said = new String(echo.getInputStream().readAllBytes());
    System.out.println(echo.waitFor() == 0 ? said.trim() : "failed");
  }
}
