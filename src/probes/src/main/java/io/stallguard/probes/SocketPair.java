package io.stallguard.probes;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client's socket of one kind, and the server's end of it in the same JVM. */
final class SocketPair implements Closeable {
  /** Needs no certificate; switched on by the probe. */
  static final String ANONYMOUS = "TLS_ECDH_anon_WITH_AES_128_CBC_SHA";

  /** A thread for each: what waits must not keep others from their turn. */
  static final Executor THREADS = SocketPair::start;

  /** What there is to read from. */
  enum Kind {
    PLAIN,
    CHANNEL,
    TLS,
    LAYERED,
    LEFT_OPEN
  }

  private final Socket client;
  private final Socket server;

  private SocketPair(Socket client, Socket server) {
    this.client = client;
    this.server = server;
  }

  static SocketPair open(Kind kind) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = listening.getLocalPort();
      Socket client = client(kind, port);
      Socket accepted = listening.accept();
      if (!(client instanceof SSLSocket)) {
        return new SocketPair(client, accepted);
      }
      SSLSocket server = (SSLSocket) layered(accepted, true);
      server.setUseClientMode(false);
      CompletableFuture<Void> shaken = CompletableFuture.runAsync(() -> handshake(server), THREADS);
      handshake((SSLSocket) client);
      shaken.get();
      return new SocketPair(client, server);
    }
  }

  private static Socket client(Kind kind, int port) throws Exception {
    InetAddress address = InetAddress.getLoopbackAddress();
    switch (kind) {
      case PLAIN:
        return new Socket(address, port);
      case CHANNEL:
        return SocketChannel.open(new InetSocketAddress(address, port)).socket();
      case TLS:
        return prepared(SSLContext.getDefault().getSocketFactory().createSocket(address, port));
      default:
        return layered(new Socket(address, port), kind == Kind.LAYERED);
    }
  }

  private static Socket layered(Socket plain, boolean autoClose) throws Exception {
    return prepared(
        SSLContext.getDefault()
            .getSocketFactory()
            .createSocket(plain, "localhost", plain.getPort(), autoClose));
  }

  private static Socket prepared(Socket socket) {
    SSLSocket tls = (SSLSocket) socket;
    tls.setEnabledProtocols(new String[] {"TLSv1.2"});
    tls.setEnabledCipherSuites(new String[] {ANONYMOUS});
    return tls;
  }

  private static void handshake(SSLSocket socket) {
    try {
      socket.startHandshake();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  Socket client() {
    return client;
  }

  Socket server() {
    return server;
  }

  void send(String text) throws IOException {
    server.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What one cannot close any more after what was done to it is not the point. */
  @Override
  public void close() {
    for (Socket socket : new Socket[] {server, client}) {
      try {
        socket.close();
      } catch (IOException e) {
        // A TLS socket whose other half was closed already.
      }
    }
  }
}
