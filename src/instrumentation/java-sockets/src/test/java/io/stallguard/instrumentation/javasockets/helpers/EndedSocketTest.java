package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Engine;
import io.stallguard.core.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;

/** What a socket says of itself when its reader is given the end of an answer by decision. */
class EndedSocketTest {
  private static final Engine ENGINE = engine();
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String LAST_EVENT =
      "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

  private static Engine engine() {
    Properties properties = new Properties();
    properties.setProperty("stallguard.done-grace", "20ms");
    return Engine.start(SettingsReader.read(null, properties, Map.of(), Set.of(), problem -> {}));
  }

  /** The abort closes the socket at the same time, and is to be outrun by its reader. */
  @RepeatedTest(5)
  void isClosedBeforeItsReaderKnowsOfTheEnd() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket peer = server.accept()) {
      SocketTap tap = new SocketTap(ENGINE, socket);
      tap.requested(request());
      read(tap, ANSWER + Integer.toHexString(LAST_EVENT.length()) + "\r\n" + LAST_EVENT + "\r\n");
      byte[] bytes = new byte[1];
      tap.begin(bytes);
      while (!tap.isDecided()) {
        Thread.onSpinWait();
      }

      int count = tap.applyAsInt(0, -1);
      boolean closed = socket.isClosed();

      assertThat(tap.apply(null)).isNull();
      assertThat(count).isEqualTo(1);
      assertThat(bytes).asString(StandardCharsets.US_ASCII).isEqualTo("0");
      assertThat(closed).isTrue();
      assertThat(peer.isConnected()).isTrue();
    }
  }

  private static RequestHead request() {
    byte[] bytes = "POST /v1/messages HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    RequestHead head = RequestHead.parse(bytes, 0, bytes.length);
    assertThat(head).isNotNull();
    return head;
  }

  private static void read(SocketTap tap, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(tap.begin(bytes)).isSameAs(tap);
    assertThat(tap.applyAsInt(0, bytes.length)).isEqualTo(bytes.length);
    assertThat(tap.apply(null)).isNull();
  }
}
