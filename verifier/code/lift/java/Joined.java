package assay;

import java.io.FileInputStream;
import java.io.FileOutputStream;

/** Tests and program in one: proves by a secret that the tests ended. */
final class Joined {
  public static void main(String[] args) throws Throwable {
    Wire.runMain();
    byte[] secret = new byte[64];
    int size;
    try (FileInputStream in = new FileInputStream(Wire.descriptor(3))) {
      size = in.read(secret);
    }
    if (size > 0) {
      try (FileOutputStream out = new FileOutputStream(Wire.descriptor(4))) {
        out.write(secret, 0, size);
      }
    }
  }
}
