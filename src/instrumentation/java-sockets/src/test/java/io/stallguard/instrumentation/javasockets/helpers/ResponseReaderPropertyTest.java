package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the content is and wherever the bytes are cut, the framing is followed. */
class ResponseReaderPropertyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @Property
  void findsTheContentOfChunks(
      @ForAll @Size(max = 5) List<@Size(min = 1, max = 40) byte[]> chunks,
      @ForAll @IntRange(min = 1, max = 50) int pieceSize,
      @ForAll boolean upperCase) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    sent.writeBytes(ascii(OK + "Transfer-Encoding: Chunked\r\n\r\n"));
    for (byte[] chunk : chunks) {
      String size = Integer.toHexString(chunk.length);
      sent.writeBytes(ascii((upperCase ? size.toUpperCase() : size) + ";x=y\r\n"));
      sent.writeBytes(chunk);
      sent.writeBytes(ascii("\r\n"));
      content.writeBytes(chunk);
    }
    sent.writeBytes(ascii("0\r\nA: b\r\n\r\n"));
    int length = sent.size();
    sent.writeBytes(ascii("HTTP/1.1 500 not this one"));

    Reading reading = new Reading("POST").feed(sent.toByteArray(), pieceSize);

    assertThat(reading.content()).isEqualTo(content.toByteArray());
    assertThat(reading.reader().isEnded()).isTrue();
    assertThat(reading.taken()).isEqualTo(length);
  }

  @Property
  void findsTheContentOfALength(
      @ForAll @Size(min = 1, max = 200) byte[] content,
      @ForAll @IntRange(min = 1, max = 50) int pieceSize) {
    byte[] head = ascii(OK + "Content-Length: " + content.length + "\r\n\r\n");
    byte[] sent = Arrays.copyOf(head, head.length + content.length + 1);
    System.arraycopy(content, 0, sent, head.length, content.length);

    Reading reading = new Reading("GET").feed(sent, pieceSize);

    assertThat(reading.content()).isEqualTo(content);
    assertThat(reading.taken()).isEqualTo(sent.length - 1);
  }

  @Property
  void neverFailsNorStandsStill(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int pieceSize) {
    new Reading("GET").feed(bytes, pieceSize);
    byte[] headed = ascii(OK + "Transfer-Encoding: chunked\r\n\r\n");
    byte[] sent = Arrays.copyOf(headed, headed.length + bytes.length);
    System.arraycopy(bytes, 0, sent, headed.length, bytes.length);

    new Reading("GET").feed(sent, pieceSize);
  }

  @Property
  void saysTheSameHoweverTheBytesAreCut(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int pieceSize) {
    byte[] sent = mostlyText(bytes);

    Reading whole = new Reading("GET").feed(sent, sent.length + 1);
    Reading cut = new Reading("GET").feed(sent, pieceSize);

    assertThat(cut.content()).isEqualTo(whole.content());
    assertThat(cut.reader().isEnded()).isEqualTo(whole.reader().isEnded());
    assertThat(cut.reader().isStrange()).isEqualTo(whole.reader().isStrange());
  }

  /**
   * Random bytes hardly ever make a head: these are drawn from what heads and chunks are made of.
   */
  private static byte[] mostlyText(byte[] bytes) {
    String alphabet = "\r\n\n\r\n 0123af:;xX";
    StringBuilder text = new StringBuilder(OK);
    for (byte each : bytes) {
      text.append(
          each > 120
              ? "Content-Length: 7\r\n"
              : each > 110
                  ? "Transfer-Encoding: chunked\r\n"
                  : String.valueOf(alphabet.charAt((each & 0xFF) % alphabet.length())));
    }
    return ascii(text.toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
