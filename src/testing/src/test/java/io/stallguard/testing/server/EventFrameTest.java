package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Whether a frame is what the format says; that the AWS SDK reads it, the process tests show. */
class EventFrameTest {
  private static final byte[] PAYLOAD = "{\"p\":\"naïve\"}".getBytes(UTF_8);

  private final byte[] bytes = EventFrame.of("contentBlockDelta", PAYLOAD);
  private final ByteBuffer frame = ByteBuffer.wrap(bytes);

  @Test
  void beginsWithItsLengths() {
    int headers = frame.getInt(4);

    assertThat(frame.getInt(0)).isEqualTo(bytes.length);
    assertThat(headers).isEqualTo(bytes.length - PAYLOAD.length - 16);
  }

  @Test
  void hasAChecksumOfItsLengthsAndOneOfAll() {
    assertThat(frame.getInt(8)).isEqualTo(checksum(8));
    assertThat(frame.getInt(bytes.length - 4)).isEqualTo(checksum(bytes.length - 4));
  }

  @Test
  void namesItsEventInItsHeaders() {
    String headers = new String(bytes, 12, frame.getInt(4), UTF_8);

    assertThat(headers)
        .startsWith("\u000b:event-type\u0007\u0000\u0011contentBlockDelta")
        .contains(":message-type\u0007\u0000\u0005event");
  }

  @Test
  void carriesItsPayload() {
    String payload = new String(bytes, 12 + frame.getInt(4), PAYLOAD.length, UTF_8);

    assertThat(payload).isEqualTo(new String(PAYLOAD, UTF_8));
  }

  private int checksum(int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
