package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Engine;
import io.stallguard.core.settings.SettingsReader;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a tap shuts, and what a read is by it. Stalls are tested in JVMs of their own. */
class SocketTapTest {
  private static final Engine ENGINE =
      Engine.start(SettingsReader.read(null, new Properties(), Map.of(), Set.of(), problem -> {}));
  private static final String EVENTS =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 4\r\n\r\n";

  private final Socket socket = new Socket();
  private final SocketTap tap = new SocketTap(ENGINE, socket);

  @Test
  void followsOneResponseAfterAnother() {
    for (int i = 0; i < 3; i++) {
      request("POST");

      assertThat(read(EVENTS)).isNull();
      assertThat(read("ev")).isNull();
      assertThat(read("nt")).isNull();
    }

    assertThat(tap.isShut()).isFalse();
  }

  @Test
  void shutsAtBytesThatNobodyAskedFor() {
    read(EVENTS);

    assertThat(tap.isShut()).isTrue();
    assertThat(tap.begin(new byte[1])).isNull();
  }

  @Test
  void shutsAtTheAnswerToAPipelinedRequest() {
    request("POST");
    request("POST");
    read(EVENTS + "evnt");
    assertThat(tap.isShut()).isFalse();

    read(EVENTS);

    assertThat(tap.isShut()).isTrue();
  }

  @Test
  void shutsAtWhatIsNoHttp() {
    request("POST");

    read("220 smtp.example.com ESMTP\r\n");

    assertThat(tap.isShut()).isTrue();
  }

  @Test
  void shutsWithTheConnection() {
    request("POST");
    read(EVENTS);

    assertThat(tap.begin(new byte[1])).isSameAs(tap);
    assertThat(tap.applyAsInt(0, -1)).isEqualTo(-1);
    assertThat(tap.apply(null)).isNull();

    assertThat(tap.isShut()).isTrue();
  }

  @Test
  void shutsWhereTwoReadAtOnce() {
    assertThat(tap.begin(new byte[1])).isSameAs(tap);

    assertThat(tap.begin(new byte[1])).isNull();

    assertThat(tap.isShut()).isTrue();
    assertThat(tap.apply(null)).isNull();
  }

  @Test
  void isShutWhenItIsRetiredInTheMiddleOfARead() {
    request("POST");
    assertThat(tap.begin(new byte[1])).isSameAs(tap);

    tap.retire(false);

    assertThat(tap.applyAsInt(0, -1)).isEqualTo(-1);
    assertThat(tap.apply(null)).isNull();
    assertThat(tap.begin(new byte[1])).isNull();
    assertThat(tap.isAccepted()).isFalse();
  }

  @Test
  void looksAwayWhileAModuleGuards() {
    request("POST");
    read(EVENTS + "evnt");

    tap.standAside();

    assertThat(tap.begin(new byte[1])).isNull();
    assertThat(tap.isShut()).isFalse();
  }

  @Test
  void looksAgainAtTheAnswerToTheNextRequest() {
    tap.standAside();
    read(EVENTS);
    request("POST");

    assertThat(read(EVENTS)).isNull();
    assertThat(tap.begin(new byte[1])).isSameAs(tap);
  }

  @Test
  void takesTheBodyOfARequestForNoOtherOne() {
    tap.standAside();
    request("POST");
    assertThat(tap.begin(new byte[1])).isNull();

    tap.standAside();
    request("POST");
    assertThat(tap.begin(new byte[1])).isNull();
  }

  @Test
  void letsGoOfWhatWasUnderWayWhenItStandsAside() {
    request("POST");
    read("HTTP/1.1 200 OK\r\n");
    tap.standAside();
    read(EVENTS + "evnt");
    request("POST");

    assertThat(read(EVENTS + "evnt")).isNull();
    assertThat(tap.isShut()).isFalse();
  }

  @Test
  void standsAsideInTheMiddleOfARead() {
    assertThat(tap.begin(new byte[1])).isSameAs(tap);
    tap.standAside();
    tap.applyAsInt(0, 0);
    assertThat(tap.apply(null)).isNull();

    assertThat(tap.begin(new byte[1])).isNull();
    assertThat(tap.isShut()).isFalse();
  }

  @Test
  void staysShutWhateverIsRequested() {
    tap.retire(true);

    tap.standAside();
    request("POST");

    assertThat(tap.isShut()).isTrue();
    assertThat(tap.begin(new byte[1])).isNull();
  }

  @Test
  void showsTheExceptionAsItIs() {
    SocketException thrown = new SocketException("reset");
    request("POST");
    read(EVENTS);
    tap.begin(new byte[1]);

    tap.applyAsInt(0, SocketTap.THREW);

    assertThat(tap.apply(thrown)).isSameAs(thrown);
  }

  private void request(String method) {
    byte[] bytes = (method + " / HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    RequestHead head = RequestHead.parse(bytes, 0, bytes.length);
    assertThat(head).isNotNull();
    tap.requested(head);
  }

  private @Nullable Throwable read(String text) {
    byte[] bytes = ("..." + text).getBytes(StandardCharsets.ISO_8859_1);
    if (tap.begin(bytes) == null) {
      return null;
    }
    assertThat(tap.applyAsInt(3, text.length())).isEqualTo(text.length());
    return tap.apply(null);
  }
}
