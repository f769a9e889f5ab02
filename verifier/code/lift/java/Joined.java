package assay;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;

/** Tests and program in one: proves by a secret that the tests ended. */
public final class Joined {
  private static void say(byte[] text, int size) throws Exception {
    try (FileOutputStream out = new FileOutputStream(Wire.descriptor(4))) {
      out.write(text, 0, size);
    }
  }

  private static void complete() throws Exception {
    byte[] secret = new byte[64];
    int size;
    try (FileInputStream in = new FileInputStream(Wire.descriptor(3))) {
      size = in.read(secret);
    }
    if (size > 0) say(secret, size);
  }

  private static void fail() throws Exception {
    byte[] text = "failed\n".getBytes(StandardCharsets.US_ASCII);
    say(text, text.length);
  }

  /** Whether the first place that is not the library's is in the tests. */
  private static boolean isOfTests(Throwable thrown) {
    for (StackTraceElement place : thrown.getStackTrace()) {
      if ("platform".equals(place.getClassLoaderName()) || place.getModuleName() != null) continue;
      return "Tests.java".equals(place.getFileName());
    }
    return false;
  }

  /** Ends the tests as System.exit does. */
  public static void exit(int code) {
    try {
      if (code == 0) {
        complete();
      } else {
        fail();
      }
    } catch (Exception e) {
      // Unproved, then.
    }
    System.exit(code);
  }

  public static void main(String[] args) throws Throwable {
    try {
      Wire.runMain();
    } catch (Throwable thrown) {
      if (isOfTests(thrown)) fail();
      throw thrown;
    }
    complete();
  }
}
