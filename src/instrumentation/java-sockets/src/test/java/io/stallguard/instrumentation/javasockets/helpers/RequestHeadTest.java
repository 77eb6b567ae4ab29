package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  @Test
  void hasMethodTargetAndHost() {
    RequestHead head =
        parse("POST /v1/messages?x HTTP/1.1\r\nA: b\r\nhOst: Example.com:81\r\n\r\n");

    assertThat(head.method()).isEqualTo("POST");
    assertThat(head.target()).isEqualTo("/v1/messages?x");
    assertThat(head.host()).isEqualTo("Example.com");
    assertThat(head.port()).isEqualTo(81);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost",
        "GET / HTTP/1.1\r\n\r\nHost: not.this.one\r\n"
      })
  void knowsNoHostThatWasNotSeen(String text) {
    RequestHead head = parse(text);

    assertThat(head.host()).isEmpty();
    assertThat(head.port()).isZero();
  }

  @Test
  void knowsAnAddressInBracketsFromItsPort() {
    assertThat(parse("GET / HTTP/1.1\nHost: [::1]\n\n").host()).isEqualTo("[::1]");
    assertThat(parse("GET / HTTP/1.1\nHost: [::1]:8080\n\n").port()).isEqualTo(8080);
    assertThat(parse("GET / HTTP/1.1\nHost: a:b\n\n").port()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1",
        "PRI * HTTP/2.0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "EHLO a\r\n",
        "get / HTTP/1.1\r\n",
        "GET  / HTTP/1.1\r\n",
        "GET / a HTTP/1.1\r\n",
        "\r\n"
      })
  void isNoneOfWhatIsNoRequest(String text) {
    assertThat(RequestHead.parse(bytes(text), 0, text.length())).isNull();
  }

  private static RequestHead parse(String text) {
    byte[] bytes = bytes("--" + text + "--");
    RequestHead head = RequestHead.parse(bytes, 2, text.length());
    assertThat(head).isNotNull();
    return head;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
