package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Anonymous;
import io.stallguard.core.engine.SocketAbort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits in real sockets, asked while it waits, while somebody reads, and after the end. */
class SocketLookTest {
  private static final int LONG_SECONDS = 60;

  private final List<Socket> opened = new ArrayList<>();

  enum Kind {
    PLAIN,
    CHANNEL,
    TLS,
    LAYERED
  }

  @AfterEach
  void close() {
    for (Socket socket : opened) {
      try {
        socket.close();
      } catch (IOException e) {
        // A TLS socket whose peer is gone.
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void bytesThatNobodyHasFetchedWait(Kind kind) throws Exception {
    Socket[] pair = pair(kind);
    SocketLook look = new SocketLook(pair[0]);
    assertThat(LookResult.of(look)).isEqualTo("nothing");

    pair[1].getOutputStream().write(new byte[1000]);

    awaitWaiting(look);
    read(pair[0], 1000);
    assertThat(LookResult.of(look)).as("all fetched").isEqualTo("nothing");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aReaderThatIsBlockedHoldsUpNoLook(Kind kind) throws Exception {
    Socket[] pair = pair(kind);
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pair[0].getInputStream().read();
              } catch (IOException e) {
                return -2;
              }
            });

    assertThat(LookResult.of(new SocketLook(pair[0]))).isEqualTo("nothing");
    assertThat(first).isNotDone();
    pair[1].getOutputStream().write(7);
    assertThat(first.get()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingWaitsInWhatIsClosed(Kind kind) throws Exception {
    Socket[] pair = pair(kind);
    SocketLook look = new SocketLook(pair[0]);
    pair[1].getOutputStream().write(1);
    awaitWaiting(look);

    new SocketCut().close(pair[0]);

    assertThat(LookResult.of(look)).isEqualTo("nothing");
  }

  /** An end that waits in the socket is the reader's to fetch, who may have no core yet. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEndThatNobodyHasFetchedIsSeen(boolean reset) throws Exception {
    Socket[] pair = pair(Kind.PLAIN);
    SocketLook look = new SocketLook(pair[0]);
    pair[1].setSoLinger(reset, 0);

    pair[1].close();

    while (!LookResult.of(look).equals("unfetched")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void bytesBeforeAnEndWait() throws Exception {
    Socket[] pair = pair(Kind.PLAIN);
    SocketLook look = new SocketLook(pair[0]);
    pair[1].getOutputStream().write(1);
    pair[1].close();

    awaitWaiting(look);

    assertThat(LookResult.of(look)).isEqualTo("waits");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"PLAIN", "TLS", "LAYERED"})
  void theWatchdogAsksWhatNobodyCloses(Kind kind) throws Exception {
    Socket[] pair = pair(kind);
    SocketLook look = new SocketLook(pair[0]);

    assertThat(look.isQuick()).isTrue();
    new SocketCut().close(pair[0]);
    assertThat(look.isQuick()).isFalse();
  }

  /** The socket's own lock is taken for as long as the close lasts. */
  @Test
  void whoClosesASocketThatLingersHoldsUpNobody() throws Exception {
    Socket[] pair = pair(Kind.PLAIN);
    fill(pair);
    pair[0].setSoLinger(true, LONG_SECONDS);
    SocketLook look = new SocketLook(pair[0]);
    assertThat(look.isQuick()).as("it may be closed at any time").isFalse();
    CompletableFuture<Void> closed =
        CompletableFuture.runAsync(
            () -> {
              try {
                pair[0].close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    awaitClosing(pair[0]);

    CompletableFuture<Boolean> asked =
        CompletableFuture.supplyAsync(() -> look.isQuick() || new SocketAbort(pair[0]).cut());

    assertThat(asked.get(LONG_SECONDS / 2, TimeUnit.SECONDS)).isFalse();
    assertThat(closed).isNotDone();
    pair[1].setSoLinger(true, 0);
    pair[1].close();
  }

  private static void awaitClosing(Socket socket) {
    SocketImpl implementation = JdkSockets.FOUND.implementation(socket);
    ClosingSocket closing = ClosingSocket.find();
    while (closing.isOpen(implementation)) {
      Thread.onSpinWait();
    }
  }

  /** More than the peer takes and less than waits for it here: nobody is in a write of it. */
  private static void fill(Socket[] pair) throws IOException {
    pair[1].setReceiveBufferSize(4096);
    pair[0].setSendBufferSize(1 << 20);
    pair[0].getOutputStream().write(new byte[250_000]);
  }

  @Test
  void aSocketOfTheAppsOwnIsNotAskedByItsOwnWays() throws Exception {
    Socket[] pair = pair(Kind.PLAIN);
    Socket own =
        new Socket() {
          @Override
          public InputStream getInputStream() {
            throw new AssertionError("asked");
          }
        };

    pair[1].getOutputStream().write(1);

    assertThat(LookResult.of(new SocketLook(own))).isEqualTo("nothing");
  }

  @Test
  void aSocketThatIsGoneHasNothing() throws Exception {
    assertThat(LookResult.of(new SocketLook(new WeakReference<>(null)))).isEqualTo("nothing");
  }

  @Test
  void onASharedWireAllThatWaitsIsToBeFetched() throws Exception {
    Socket[] pair = pair(Kind.PLAIN);
    SharedSocketLook look = new SharedSocketLook(pair[0]);
    assertThat(LookResult.of(look)).isEqualTo("nothing");
    pair[1].getOutputStream().write(new byte[5000]);
    awaitWaiting(new SocketLook(pair[0]));

    assertThat(LookResult.of(look)).as("nobody reads").isEqualTo("waits");
    read(pair[0], 2000);
    assertThat(LookResult.of(look)).as("not all was fetched").isEqualTo("waits");
    read(pair[0], 3000);

    assertThat(LookResult.of(look)).isEqualTo("nothing");
  }

  @Test
  void onASharedWireThatIsNeverEmptyBytesOfOthersMatterForAWhile() throws Exception {
    Socket[] pair = pair(Kind.PLAIN);
    SharedSocketLook patient = new SharedSocketLook(pair[0]);
    SharedSocketLook impatient = new SharedSocketLook(pair[0], new Backlog(0));
    pair[1].getOutputStream().write(new byte[50_000]);
    awaitWaiting(new SocketLook(pair[0]));
    CompletableFuture<Void> endless = CompletableFuture.runAsync(() -> outrun(pair));

    while (!LookResult.of(impatient).equals("nothing")) {
      assertThat(LookResult.of(patient)).isEqualTo("waits");
      assertThat(endless).isNotDone();
    }
    pair[1].close();
    endless.handle((nothing, failure) -> "over").get();
  }

  /** Reads, while there is always more than was read. */
  private static void outrun(Socket[] pair) {
    byte[] piece = new byte[500];
    try {
      while (true) {
        pair[1].getOutputStream().write(piece);
        pair[0].getInputStream().read(piece);
      }
    } catch (IOException e) {
      // Closed, as is the end of it.
    }
  }

  private static void read(Socket socket, int count) throws IOException {
    assertThat(socket.getInputStream().readNBytes(count)).hasSize(count);
  }

  /** Loopback is no wire, but it need not be at once either. */
  private static void awaitWaiting(SocketLook look) throws Exception {
    while (!LookResult.of(look).equals("waits")) {
      Thread.onSpinWait();
    }
  }

  private Socket[] pair(Kind kind) throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = opened(client(kind, listening.getLocalPort()));
      Socket accepted = opened(listening.accept());
      if (!(client instanceof SSLSocket)) {
        return new Socket[] {client, accepted};
      }
      SSLSocket server = (SSLSocket) opened(Anonymous.layered(accepted));
      server.setUseClientMode(false);
      handshake((SSLSocket) client, server);
      return new Socket[] {client, server};
    }
  }

  private static Socket client(Kind kind, int port) throws Exception {
    InetAddress address = InetAddress.getLoopbackAddress();
    return switch (kind) {
      case PLAIN -> new Socket(address, port);
      case CHANNEL -> SocketChannel.open(new InetSocketAddress(address, port)).socket();
      case TLS -> Anonymous.connected(address, port);
      case LAYERED -> Anonymous.layered(new Socket(address, port));
    };
  }

  private static void handshake(SSLSocket client, SSLSocket server)
      throws IOException, InterruptedException, ExecutionException {
    CompletableFuture<Void> shaken =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.startHandshake();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    client.startHandshake();
    shaken.get();
  }

  private Socket opened(Socket socket) {
    opened.add(socket);
    return socket;
  }
}
