package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import org.apache.http.impl.nio.reactor.IOSessionImpl;
import org.apache.http.nio.conn.ManagedNHttpClientConnection;
import org.apache.http.nio.reactor.IOSession;
import org.apache.http.nio.reactor.ssl.SSLIOSession;
import org.apache.http.nio.reactor.ssl.SSLMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection whose reactor ended before it could close it. */
class OrphanedSessionTest {
  private ServerSocket server;
  private SocketChannel channel;
  private Socket peer;
  private Selector selector;
  private IOSessionImpl raw;

  @BeforeEach
  void connect() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    server = new ServerSocket(0, 1, here);
    channel = SocketChannel.open(new InetSocketAddress(here, server.getLocalPort()));
    peer = server.accept();
    selector = Selector.open();
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    raw = new IOSessionImpl(key, session -> {});
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
    peer.close();
    selector.close();
    server.close();
  }

  @Test
  void itsSocketIsClosedAndLetGoOf() throws Exception {
    session(raw).close();

    expectClosed();
  }

  /** The session is left as after an OutOfMemoryError within the client's own close. */
  @Test
  void soIsOneThatTheClientTakesForClosed() throws Exception {
    Field status = IOSessionImpl.class.getDeclaredField("status");
    status.setAccessible(true);
    status.set(raw, IOSession.CLOSED);
    raw.close();
    assertThat(channel.isOpen()).as("closed by the client").isTrue();

    session(raw).close();

    expectClosed();
  }

  @Test
  void soIsOneBelowTls() throws Exception {
    session(new SSLIOSession(raw, SSLMode.CLIENT, SSLContext.getDefault(), null)).close();

    expectClosed();
  }

  @Test
  void aSessionOfSomebodyElseIsLeftAlone() throws Exception {
    session(null).close();

    assertThat(channel.isOpen()).isTrue();
  }

  private void expectClosed() throws IOException {
    assertThat(peer.getInputStream().read()).as("the end at its peer").isEqualTo(-1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.isRegistered()).isFalse();
  }

  private static OrphanedSession session(IOSession session) {
    return OrphanedSession.of(
        (ManagedNHttpClientConnection)
            Proxy.newProxyInstance(
                OrphanedSessionTest.class.getClassLoader(),
                new Class<?>[] {ManagedNHttpClientConnection.class},
                (proxy, method, arguments) -> session));
  }
}
