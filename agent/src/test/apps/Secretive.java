import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;

/** Reads a stream that goes silent, with a secret wherever one can be. */
public final class Secretive {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nSet-Cookie: a=SECRET1\r\n"
          + "X-Token: SECRET2\r\nConnection: close\r\n\r\n"
          + ": SECRET3\n\nevent: token\nid: SECRET4\ndata: SECRET5\n\n";

  private Secretive() {}

  public static void main(String[] arguments) throws IOException {
    final ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    Thread thread =
        new Thread() {
          @Override
          public void run() {
            try (Socket socket = server.accept()) {
              OutputStream out = socket.getOutputStream();
              socket.getInputStream().read();
              out.write(ANSWER.getBytes("US-ASCII"));
              out.flush();
              while (socket.getInputStream().read() >= 0) {
                // Until the client has left.
              }
            } catch (IOException e) {
              // The client has left.
            }
          }
        };
    thread.setDaemon(true);
    thread.start();
    URL url =
        new URL(
            "http://user:SECRET6@127.0.0.1:"
                + server.getLocalPort()
                + "/v1/messages?key=SECRET7#SECRET8");
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestProperty("Authorization", "Bearer SECRET9");
    connection.setRequestProperty("Cookie", "b=SECRET10");
    connection.setReadTimeout(20000);
    connection.setDoOutput(true);
    connection.getOutputStream().write("SECRET11".getBytes("US-ASCII"));
    InputStream body = connection.getInputStream();
    try {
      while (body.read() >= 0) {
        // Until it is silent.
      }
      System.out.println("ended");
    } catch (SocketTimeoutException e) {
      System.out.println("released by " + e.getClass().getName() + ": " + e.getMessage());
    }
    System.in.read();
  }
}
