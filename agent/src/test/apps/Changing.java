import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Limits its waits for a head and for a connection by JMX, after it has used both. */
public final class Changing {
  /** Else they would be collected, and closed by that. */
  private static final List<Socket> QUEUED = new ArrayList<Socket>();

  private static MBeanServer jmx;
  private static ObjectName name;
  private static ServerSocket silent;
  private static ServerSocket full;

  private Changing() {}

  public static void main(String[] arguments) throws Exception {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    silent = new ServerSocket(0, 50, here);
    full = new ServerSocket(0, 1, here);
    fill();
    jmx = ManagementFactory.getPlatformMBeanServer();
    name = new ObjectName("io.stallguard:type=StallGuard");
    while (!jmx.isRegistered(name)) {
      Thread.sleep(20);
    }
    Thread before = before();
    exchange(1000);
    change("change", "head=500ms,connect=500ms");
    System.out.println("changed");
    System.in.read();
    exchange(0);
    connect(0);
    System.out.println("waits still " + before.isAlive());
    change("reset");
    exchange(1000);
    connect(1000);
  }

  private static void change(String operation, String... values) throws Exception {
    String[] types = new String[values.length];
    Arrays.fill(types, String.class.getName());
    jmx.invoke(name, operation, values, types);
  }

  /** Has sent its request, and waits for a head from before the change on. */
  private static Thread before() throws Exception {
    Thread thread =
        new Thread() {
          @Override
          public void run() {
            exchange(0);
          }
        };
    thread.setDaemon(true);
    thread.start();
    Socket asking = silent.accept();
    QUEUED.add(asking);
    asking.getInputStream().read();
    return thread;
  }

  /** The server's kernel takes the request; nobody ever answers. */
  private static void exchange(int ownMillis) {
    try {
      URL url = new URL("http://127.0.0.1:" + silent.getLocalPort() + "/");
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setReadTimeout(ownMillis);
      connection.getResponseCode();
      System.out.println("answered");
    } catch (IOException e) {
      System.out.println("exchange " + told(e));
    }
  }

  private static void connect(int ownMillis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()), ownMillis);
      System.out.println("connected");
    } catch (IOException e) {
      System.out.println("connect " + told(e));
    }
  }

  private static String told(IOException e) {
    String text = e.toString().replace("java.net.", "").replace("io.stallguard.core.", "");
    // Of the JDK's own the text changed its case.
    return text.replaceAll("exceeded: .*", "exceeded").replaceAll("Exception: \\w+ timed out", "Exception");
  }

  /** Until a connection is not established any more. */
  private static void fill() throws IOException {
    while (QUEUED.size() < 100) {
      Socket socket = new Socket();
      QUEUED.add(socket);
      try {
        socket.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()), 2000);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IOException("the queue is never full");
  }
}
