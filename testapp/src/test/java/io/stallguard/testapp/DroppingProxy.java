package io.stallguard.testapp;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A proxy in front of a server that passes bytes on, until it drops its connections to the server
 * and keeps those to its clients, of which it goes on to take what comes.
 */
final class DroppingProxy implements AutoCloseable {
  private static final int BACKLOG = 1000;
  private static final int BUFFER_BYTES = 8192;

  private final Map<Port, ServerSocket> doors = new EnumMap<>(Port.class);
  private final Queue<Link> links = new ConcurrentLinkedQueue<>();
  private final StallServer server;

  private DroppingProxy(StallServer server) {
    this.server = server;
  }

  static DroppingProxy before(StallServer server) throws IOException {
    DroppingProxy proxy = new DroppingProxy(server);
    for (Port port : Port.values()) {
      ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      proxy.doors.put(port, door);
      start("proxy-" + port, () -> proxy.accept(door, server.base(port).getPort()));
    }
    return proxy;
  }

  /** The server's address with the proxy's port. */
  URI base(Port port) {
    String scheme = server.base(port).getScheme();
    return URI.create(scheme + "://127.0.0.1:" + doors.get(port).getLocalPort());
  }

  private void accept(ServerSocket door, int serverPort) {
    try {
      while (true) {
        Socket client = door.accept();
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
        links.add(link);
        start("proxy-up", link::passUp);
        start("proxy-down", link::passDown);
      }
    } catch (IOException e) {
      // The door was closed: the test is over.
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * From now on the clients of the connections that there are hear nothing, while the server sees
   * them end. New ones are passed on.
   */
  void dropUpstream() {
    links.forEach(Link::drop);
  }

  /** Whether the clients close all connections that were dropped. */
  boolean awaitClosed(Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    for (Link link : links) {
      if (link.dropped && !link.left.await(deadlineNanos - System.nanoTime(), NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket door : doors.values()) {
      door.close();
    }
    dropUpstream();
    links.forEach(link -> closed(link.client));
  }

  /** A connection of a client, and what it is passed on to. */
  private static final class Link {
    private final Socket client;
    private final Socket upstream;
    private final CountDownLatch left = new CountDownLatch(1);

    /** Set before the close, during which the server may still say goodbye. */
    private volatile boolean dropped;

    Link(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void drop() {
      dropped = true;
      closed(upstream);
    }

    void passUp() {
      pass(client, upstream);
      left.countDown();
    }

    void passDown() {
      pass(upstream, client);
    }

    /** What comes is taken to the end, and after the drop goes nowhere. */
    private void pass(Socket from, Socket to) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[BUFFER_BYTES];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          if (!dropped) {
            write(out, bytes, count);
          }
        }
      } catch (IOException e) {
        // One of the two was closed, and the proxy says nothing about it to the other.
      }
    }

    private static void write(OutputStream out, byte[] bytes, int count) {
      try {
        out.write(bytes, 0, count);
      } catch (IOException e) {
        // Dropped just then.
      }
    }
  }
}
