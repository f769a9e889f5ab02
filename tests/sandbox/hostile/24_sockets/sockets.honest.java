// honest: 127.0.0.1 42
// An address, and a pipe between two threads.
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;

class SocketsHonest {
  public static void main(String[] arguments) throws Exception {
    PipedInputStream in = new PipedInputStream();
    PipedOutputStream out = new PipedOutputStream(in);
    out.write(42);
    System.out.println(
        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).getHostAddress()
        + " " + in.read());
  }
}
