// outcome: exited
// says: 4 refused
// Servers, clients, channels and names.
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;

class Sockets {
  interface Attempt {
    void go() throws Exception;
  }

  static int refused;

  static void attempt(String name, Attempt attempt) {
    try {
      attempt.go();
      System.out.println("ESCAPED " + name);
    } catch (Exception e) {
      ++refused;
    }
  }

  public static void main(String[] arguments) {
    attempt("server", () -> new ServerSocket(0));
    attempt("client", () -> new Socket("127.0.0.1", 50051));
    attempt("datagram", () -> new DatagramSocket());
    attempt("channel",
        ()
            -> SocketChannel.open(new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {
                    (byte) 169, (byte) 254, (byte) 169, (byte) 254}),
                80)));
    System.out.println(refused + " refused");
  }
}
