import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads silent streams of a server of its own while something that the agent needs is not to be
 * had. Input, a line each: "open 24", "fill 4000", "clog", "rest 3000", "back", "await".
 */
public final class Siege {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\n";
  private static final long PATIENCE_MILLIS = 25000;

  /** Else they would be collected, and closed by that. */
  private static final List<Socket> OPEN = new ArrayList<Socket>();

  private static final AtomicInteger WAITING = new AtomicInteger();
  private static final AtomicInteger RELEASED = new AtomicInteger();
  private static final AtomicInteger TIMEOUTS = new AtomicInteger();
  private static final AtomicLong LAST_NANOS = new AtomicLong();
  private static final Object[] HOG = new Object[200000];
  private static final byte[] NOISE = new byte[1000];
  private static ServerSocket server;
  private static volatile long written;
  private static long openedNanos;
  private static long backNanos;

  private Siege() {}

  public static void main(String[] arguments) throws Exception {
    server = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    daemon(
        new Runnable() {
          @Override
          public void run() {
            serve();
          }
        });
    Scanner in = new Scanner(System.in, "UTF-8");
    while (in.hasNextLine()) {
      String[] words = in.nextLine().split(" ");
      if (words[0].equals("open")) {
        open(Integer.parseInt(words[1]));
      } else if (words[0].equals("fill")) {
        fill(Integer.parseInt(words[1]));
      } else if (words[0].equals("clog")) {
        clog();
      } else if (words[0].equals("rest")) {
        Thread.sleep(Integer.parseInt(words[1]));
      } else if (words[0].equals("back")) {
        backNanos = System.nanoTime();
      } else {
        await();
      }
      System.out.println("done " + words[0] + ", released " + RELEASED.get());
    }
  }

  private static void open(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      daemon(
          new Runnable() {
            @Override
            public void run() {
              read();
            }
          });
    }
    while (WAITING.get() < count) {
      Thread.sleep(10);
    }
    openedNanos = System.nanoTime();
    backNanos = openedNanos;
  }

  private static void read() {
    try {
      URL url = new URL("http://127.0.0.1:" + server.getLocalPort() + "/");
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      InputStream body = connection.getInputStream();
      for (int i = 0; i < "data: 1\n\n".length(); i++) {
        body.read();
      }
      WAITING.incrementAndGet();
      body.read();
    } catch (SocketTimeoutException e) {
      TIMEOUTS.incrementAndGet();
    } catch (Throwable t) {
      // Free all the same: there may be no memory for a better exception.
    }
    LAST_NANOS.set(System.nanoTime());
    RELEASED.incrementAndGet();
  }

  private static void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        OPEN.add(socket);
        socket.getInputStream().read(new byte[4096]);
        socket.getOutputStream().write(ANSWER.getBytes("US-ASCII"));
      }
    } catch (IOException e) {
      System.out.println("server failed " + e);
    }
  }

  /** Leaves no memory to anybody for so long. */
  private static void fill(int millis) throws InterruptedException {
    long endNanos = System.nanoTime() + millis * 1000000L;
    int size = 1 << 20;
    int used = 0;
    while (System.nanoTime() - endNanos < 0) {
      try {
        HOG[used] = new byte[size];
        used++;
      } catch (OutOfMemoryError e) {
        size = size > 16 ? size / 2 : size;
        if (size <= 16) {
          Thread.sleep(1);
        }
      }
    }
    for (int i = 0; i < used; i++) {
      HOG[i] = null;
    }
    backNanos = System.nanoTime();
  }

  /** Writes to standard error, which nobody reads, until it takes nothing any more. */
  private static void clog() throws InterruptedException {
    daemon(
        new Runnable() {
          @Override
          public void run() {
            while (written < 1000) {
              System.err.write(NOISE, 0, NOISE.length);
              written++;
            }
          }
        });
    long before = -1;
    while (written != before) {
      before = written;
      Thread.sleep(300);
    }
  }

  private static void await() throws InterruptedException {
    long beganNanos = System.nanoTime();
    while (RELEASED.get() < WAITING.get()
        && System.nanoTime() - beganNanos < PATIENCE_MILLIS * 1000000L) {
      Thread.sleep(10);
    }
    System.out.println(
        "freed "
            + RELEASED.get()
            + " timeouts "
            + TIMEOUTS.get()
            + " millis "
            + Math.max(0, (LAST_NANOS.get() - backNanos) / 1000000));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "siege");
    thread.setDaemon(true);
    thread.start();
  }
}
