package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @Test
  void readsTheHead() {
    Reading reading =
        read(OK + "content-type:  text/event-stream; charset=utf-8 \r\nContent-Encoding: gzip\r\n");
    assertThat(reading.reader().head()).isNull();

    reading.feed("\r\n");

    ResponseHead head = Objects.requireNonNull(reading.reader().head());
    assertThat(head.protocol()).isEqualTo("HTTP/1.1");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.contentType()).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(head.contentEncoding()).isEqualTo("gzip");
  }

  @Test
  void endsAfterTheContentLength() {
    Reading reading = read(OK + "Content-Length: 5\r\n\r\nhelloHTTP/1.1 200");

    assertThat(reading.text()).isEqualTo("hello");
    assertThat(reading.reader().isEnded()).isTrue();
  }

  @Test
  void endsAfterTheTrailers() {
    Reading reading =
        read(
            OK
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "5;name=\"value\"\r\nhello\r\n1 \r\n!\r\n00\r\nSome: trailer\r\n\r\nrest");

    assertThat(reading.text()).isEqualTo("hello!");
    assertThat(reading.reader().isEnded()).isTrue();
  }

  @Test
  void lastsUntilTheConnectionEndsWithoutALength() {
    Reading reading = read(OK + "\r\nhello");

    assertThat(reading.text()).isEqualTo("hello");
    assertThat(reading.reader().endsWithConnection()).isTrue();
  }

  @Test
  void passesOverInterimResponses() {
    Reading reading =
        read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + OK);
    assertThat(reading.reader().head()).isNull();

    reading.feed("Content-Length: 1\r\n\r\n!");

    assertThat(Objects.requireNonNull(reading.reader().head()).status()).isEqualTo(200);
    assertThat(reading.text()).isEqualTo("!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 204 No Content", "HTTP/1.1 304 Not Modified"})
  void hasNoContentWhereTheStatusSaysSo(String statusLine) {
    Reading reading = read(statusLine + "\r\nContent-Length: 10\r\n\r\nHTTP/1.1 ");

    assertThat(reading.reader().isEnded()).isTrue();
    assertThat(reading.content()).isEmpty();
  }

  @Test
  void hasNoContentAfterAHeadRequest() {
    Reading reading = new Reading("HEAD").feed(OK + "Content-Length: 10\r\n\r\n");

    assertThat(reading.reader().isEnded()).isTrue();
  }

  @Test
  void endsWithTheHeadWhereTheLengthIsZero() {
    assertThat(read(OK + "Content-Length: 0\r\n\r\n").reader().isEnded()).isTrue();
  }

  @Test
  void takesLineFeedsAlone() {
    Reading reading = read("HTTP/1.0 200\nContent-Length: 2\n\nok");

    assertThat(reading.text()).isEqualTo("ok");
    assertThat(reading.reader().isEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n",
        "HTTP/2",
        "+OK\r\n",
        "\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 abc\r\n",
        "HTTP/1.1 2000\r\n",
        "HTTP/1.1 099\r\n",
        "HTTP/1.1\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        OK + "no colon\r\n\r\n",
        OK + "A: b\r\n folded\r\n\r\n",
        OK + ": no name\r\n\r\n",
        OK + "Content-Length: -1\r\n\r\n",
        OK + "Content-Length: 1, 1\r\n\r\n",
        OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        OK + "Content-Length: 9999999999999999999\r\n\r\n",
        OK + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        OK + "Transfer-Encoding: gzip, chunked\r\n\r\n",
        OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n"
      })
  void givesUpOnWhatIsStrange(String text) {
    assertThat(read(text).reader().isStrange()).isTrue();
  }

  @Test
  void givesUpOnATunnel() {
    assertThat(new Reading("CONNECT").feed(OK + "\r\n").reader().isStrange()).isTrue();
  }

  @Test
  void keepsLittleOfALongHeader() {
    Reading reading = read(OK + "X-Long: " + "x".repeat(100_000) + "\r\nContent-Length: 2\r\n\r\n");

    assertThat(reading.feed("ok").text()).isEqualTo("ok");
  }

  @Test
  void givesUpOnAHeadWithoutAnEnd() {
    String header = "X-Header: " + "x".repeat(1000) + "\r\n";

    assertThat(read(OK + header.repeat(300)).reader().isStrange()).isTrue();
  }

  @Test
  void givesUpOnAChunkSizeWithoutAnEnd() {
    assertThat(
            read(OK + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(10_000))
                .reader()
                .isStrange())
        .isTrue();
  }

  private static Reading read(String text) {
    return new Reading("POST").feed(text);
  }

  @Test
  void knowsWhatIsMissingAfterAWholeChunk() {
    String chunk = OK + "Transfer-Encoding: chunked\r\n\r\n1\r\na";

    assertThat(missing(chunk)).isEqualTo("\r\n0\r\n\r\n");
    assertThat(missing(chunk + "\r")).isEqualTo("\n0\r\n\r\n");
    assertThat(missing(chunk + "\r\n")).isEqualTo("0\r\n\r\n");
    assertThat(missing(OK + "Transfer-Encoding: chunked\r\n\r\n")).isEqualTo("0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\n2\r\na",
        "Transfer-Encoding: chunked\r\n\r\n2",
        "Transfer-Encoding: chunked\r\n\r\n0\r\n",
        "Content-Length: 2\r\n\r\na",
        "\r\na"
      })
  void knowsOfNothingMissingElsewhere(String text) {
    assertThat(read(OK + text).reader().missingEnd()).isNull();
  }

  private static String missing(String text) {
    byte[] missing = read(text).reader().missingEnd();
    return new String(Objects.requireNonNull(missing), StandardCharsets.ISO_8859_1);
  }
}
