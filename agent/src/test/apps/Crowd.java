import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Reads many streams of a server of its own, as its input says: "ended 20", "silent 20", and JMX. */
public final class Crowd {
  private static final int SIDE_BY_SIDE = 10;
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
  private static final String EVENT = "data: {\"a\":1}\n\n";

  /** Else they would be collected, and closed by that. */
  private static final List<Socket> OPEN = new CopyOnWriteArrayList<Socket>();

  private static final AtomicInteger RELEASED = new AtomicInteger();
  private static final ObjectName NAME = name();
  private static ServerSocket server;

  private Crowd() {}

  public static void main(String[] arguments) throws Exception {
    server = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    daemon(
        new Runnable() {
          @Override
          public void run() {
            accept();
          }
        });
    Scanner in = new Scanner(System.in, "UTF-8");
    System.out.println("listening");
    while (in.hasNextLine()) {
      String[] words = in.nextLine().split(" ");
      if (words[0].equals("jmx")) {
        System.out.println(operation(words[1]));
      } else if (words[0].equals("change")) {
        jmx().invoke(
            NAME, "change", new Object[] {words[1]}, new String[] {String.class.getName()});
      } else if (words[0].equals("hosts")) {
        hosts();
      } else {
        streams(words[0], Integer.parseInt(words[1]));
      }
      System.out.println("done " + words[0]);
    }
  }

  /** Those that end are waited for; those that do not tell it when they are released. */
  private static void streams(final String kind, int count) throws InterruptedException {
    final AtomicInteger left = new AtomicInteger(count);
    boolean ending = kind.equals("ended");
    Thread[] readers = new Thread[ending ? SIDE_BY_SIDE : count];
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          daemon(
              new Runnable() {
                @Override
                public void run() {
                  while (left.getAndDecrement() > 0) {
                    read(kind);
                  }
                }
              });
    }
    for (int i = 0; ending && i < readers.length; i++) {
      readers[i].join();
    }
  }

  private static void read(String kind) {
    try {
      URL url = new URL("http://127.0.0.1:" + server.getLocalPort() + "/" + kind);
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(1);
      connection.getOutputStream().write('x');
      InputStream body = connection.getInputStream();
      while (body.read() >= 0) {
        // To the end, or until it is released.
      }
    } catch (SocketTimeoutException e) {
      System.out.println("released " + RELEASED.incrementAndGet());
    } catch (IOException e) {
      System.out.println("failed " + e);
    }
  }

  private static void accept() {
    try {
      while (true) {
        final Socket socket = server.accept();
        OPEN.add(socket);
        daemon(
            new Runnable() {
              @Override
              public void run() {
                serve(socket);
              }
            });
      }
    } catch (IOException e) {
      System.out.println("server failed " + e);
    }
  }

  private static void serve(Socket socket) {
    try {
      byte[] request = new byte[4096];
      boolean ending = new String(request, 0, socket.getInputStream().read(request)).contains("/ended");
      OutputStream out = socket.getOutputStream();
      send(out, HEAD + EVENT);
      if (ending) {
        Thread.sleep(250);
        send(out, EVENT);
        socket.shutdownOutput();
      }
    } catch (IOException e) {
      System.out.println("server failed " + e);
    } catch (InterruptedException e) {
      System.out.println("nobody interrupts " + e);
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes("US-ASCII"));
    out.flush();
  }

  private static void hosts() throws Exception {
    for (CompositeData host : (CompositeData[]) jmx().getAttribute(NAME, "Hosts")) {
      TabularData first = (TabularData) host.get("firstByteMillis");
      TabularData gap = (TabularData) host.get("longestGapMillis");
      System.out.println(
          host.get("kind")
              + " "
              + host.get("streams")
              + " "
              + first.containsKey(new Object[] {"p99.9"})
              + " "
              + ((Long) gap.get(new Object[] {"max"}).get("value") >= 200));
    }
  }

  private static Object operation(String operation) throws Exception {
    return jmx().invoke(NAME, operation, new Object[0], new String[0]);
  }

  private static MBeanServer jmx() throws InterruptedException {
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    for (int i = 0; i < 1000 && !jmx.isRegistered(NAME); i++) {
      Thread.sleep(20);
    }
    return jmx;
  }

  private static ObjectName name() {
    try {
      return new ObjectName("io.stallguard:type=StallGuard");
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "crowd");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
