// honest: /box UTF-8 8
// Properties that programs ask for.
class SystemPropertiesHonest {
  public static void main(String[] arguments) {
    System.out.println(System.getProperty("user.dir") + " "
        + java.nio.charset.StandardCharsets.UTF_8 + " "
        + Integer.getInteger("none", 8));
  }
}
