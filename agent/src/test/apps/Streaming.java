import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;

/** Reads a stream that goes silent, from a server of its own, and waits for the end of its input. */
public final class Streaming {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String CHUNK = "e\r\ndata: {\"a\":1}\n\r\n";

  private Streaming() {}

  public static void main(String[] arguments) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    serve(server);
    if (arguments.length > 0 && arguments[0].equals("restrict")) {
      restrict();
    }
    if (arguments.length > 0 && arguments[0].equals("socket")) {
      readSocket(server.getLocalPort());
      System.in.read();
      return;
    }
    URL url = new URL("http://127.0.0.1:" + server.getLocalPort() + "/v1/messages");
    read((HttpURLConnection) url.openConnection());
    System.in.read();
  }

  @SuppressWarnings("removal")
  private static void restrict() {
    System.setSecurityManager(new SecurityManager());
  }

  private static void read(HttpURLConnection connection) throws IOException {
    connection.setReadTimeout(5000);
    connection.setDoOutput(true);
    connection.getOutputStream().write('x');
    read(connection.getInputStream());
  }

  /** With the framing of the answer; but for that a client without a name. */
  private static void readSocket(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write("POST / HTTP/1.1\r\n\r\n".getBytes("US-ASCII"));
      read(socket.getInputStream());
    }
  }

  private static void read(InputStream in) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, "UTF-8"));
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("data:")) {
          System.out.println(line);
        }
      }
      System.out.println("ended");
    } catch (SocketTimeoutException e) {
      System.out.println("released by " + e.getClass().getName());
    }
  }

  private static void serve(final ServerSocket server) {
    Thread thread =
        new Thread() {
          @Override
          public void run() {
            try (Socket socket = server.accept()) {
              OutputStream out = socket.getOutputStream();
              out.write((HEAD + CHUNK).getBytes("US-ASCII"));
              out.flush();
              while (socket.getInputStream().read() >= 0) {
                // The request's bytes say nothing; their end says that the client has left.
              }
            } catch (IOException e) {
              // The client has left.
            }
          }
        };
    thread.setDaemon(true);
    thread.start();
  }
}
