import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogManager;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Sets up its logging, then looks at its own silent streams by JMX and does something to them. */
public final class Managed {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "e\r\ndata: {\"a\":1}\n\r\n";

  /** All that comes: before that it is awaited as well, in each read. */
  private static final long BODY_BYTES = 14;

  private static final String SECRETS = "?key=SECRET-QUERY";

  /** Else they would be collected, and closed by that. */
  private static final List<Socket> OPEN = new CopyOnWriteArrayList<Socket>();

  private static MBeanServer jmx;
  private static ObjectName name;
  private static ServerSocket server;

  private Managed() {}

  /** A log manager as an application server has one. */
  public static final class OwnLogManager extends LogManager {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    System.out.println("logging by " + LogManager.getLogManager().getClass().getName());
    jmx = ManagementFactory.getPlatformMBeanServer();
    name = new ObjectName("io.stallguard:type=StallGuard");
    for (int i = 0; i < 1000 && !jmx.isRegistered(name); i++) {
      Thread.sleep(20);
    }
    System.out.println("mode " + jmx.getAttribute(name, "Mode") + " " + setting("mode"));
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    serve();
    aborts();
    changes();
    observes();
    System.out.println("counted " + jmx.getAttribute(name, "Guarded"));
    System.out.println("dumped " + operation("dump").toString().contains("SECRET"));
  }

  private static void aborts() throws Exception {
    Thread reader = reader();
    CompositeData stream = awaited();
    System.out.println("open " + stream.get("request").toString().replaceAll(":\\d+/", ":0/"));
    System.out.println("waiting " + stream.get("waitingThread") + " " + stream.get("bytes"));
    String told = (String) operation("abort", stream.get("id"));
    reader.join();
    System.out.println(told.substring(0, told.indexOf(':')));
    System.out.println(operation("abort", 4711L));
  }

  private static void changes() throws Exception {
    Thread reader = reader();
    awaited();
    try {
      operation("change", "idle=soon,mod=off");
    } catch (RuntimeMBeanException e) {
      System.out.println(e.getCause());
    }
    operation("change", "idle=300ms");
    reader.join();
    System.out.println(setting("idle"));
    operation("reset");
    System.out.println(setting("idle"));
  }

  private static void observes() throws Exception {
    operation("change", "rule.here.match=127.0.0.1,rule.here.mode=observe,rule.here.idle=200ms");
    Thread reader = reader();
    awaited();
    while (stalls() < 2) {
      Thread.sleep(20);
    }
    System.out.println("left alone " + reader.isAlive());
    operation("reset");
    operation("change", "idle=100ms");
    reader.join();
  }

  private static long stalls() throws Exception {
    TabularData stalled = (TabularData) jmx.getAttribute(name, "Stalled");
    return (Long) stalled.get(new Object[] {"idle"}).get("value");
  }

  private static CompositeData awaited() throws Exception {
    while (true) {
      for (CompositeData stream : (CompositeData[]) jmx.getAttribute(name, "OpenStreams")) {
        if ((Boolean) stream.get("awaited") && (Long) stream.get("bytes") == BODY_BYTES) {
          return stream;
        }
      }
      Thread.sleep(20);
    }
  }

  private static String setting(String wanted) throws Exception {
    for (CompositeData each : (CompositeData[]) jmx.getAttribute(name, "Settings")) {
      if (each.get("name").equals(wanted)) {
        return wanted + "=" + each.get("value") + " (" + each.get("source") + ")";
      }
    }
    return "no " + wanted;
  }

  private static Object operation(String operation, Object... values) throws Exception {
    String[] types = new String[values.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = values[i] instanceof Long ? "long" : String.class.getName();
    }
    return jmx.invoke(name, operation, values, types);
  }

  private static Thread reader() {
    Thread thread =
        new Thread("reader") {
          @Override
          public void run() {
            try {
              read();
            } catch (IOException e) {
              System.out.println(e.getMessage().replaceAll("[;:] .*", ""));
            }
          }
        };
    thread.start();
    return thread;
  }

  private static void read() throws IOException {
    URL url = new URL("http://127.0.0.1:" + server.getLocalPort() + "/v1/messages" + SECRETS);
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setDoOutput(true);
    connection.getOutputStream().write('x');
    InputStream body = connection.getInputStream();
    while (body.read() >= 0) {
      // Until it is silent.
    }
  }

  private static void serve() {
    Thread thread =
        new Thread() {
          @Override
          public void run() {
            try {
              while (true) {
                Socket socket = server.accept();
                OPEN.add(socket);
                OutputStream out = socket.getOutputStream();
                socket.getInputStream().read();
                out.write(HEAD.getBytes("US-ASCII"));
                out.flush();
              }
            } catch (IOException e) {
              System.out.println("server failed " + e);
            }
          }
        };
    thread.setDaemon(true);
    thread.start();
  }
}
