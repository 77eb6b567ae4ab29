package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEventStreamFormatTest {
  private final Told told =
      new Told(
          Exchanges.of(
              "POST", "http://h/model/m/converse-stream", "application/vnd.amazon.eventstream"));

  @Test
  void aConversationEndsWithItsStopAndTheMetadataBehindIt() {
    scan(AwsMessage.event("messageStart"));
    scan(AwsMessage.event("contentBlockDelta"));
    scan(AwsMessage.event("messageStop"));
    assertThat(told.events().isDone()).isTrue();
    scan(AwsMessage.event("metadata"));

    assertThat(told.log())
        .containsExactly(
            "progress messageStart",
            "progress contentBlockDelta",
            "terminal messageStop",
            "terminal metadata");
    assertThat(told.events().answer().isShown()).isTrue();
  }

  @Test
  void metadataThatFollowsNoStopIsNoEnd() {
    scan(AwsMessage.event("metadata"));

    assertThat(told.log()).containsExactly("progress metadata");
  }

  @Test
  void anExceptionIsTheEnd() {
    scan(AwsMessage.exception("throttlingException"));

    assertThat(told.log()).containsExactly("terminal throttlingException");
  }

  @Test
  void headersOfEveryTypeArePassedOver() {
    AwsMessage message = new AwsMessage();
    int[] lengths = {0, 0, 1, 2, 4, 8};
    for (int type = 0; type < lengths.length; type++) {
      message.header("h" + type, type, ByteBuffer.allocate(lengths[type]));
    }
    message.header("bytes", 6, ByteBuffer.allocate(5).putShort((short) 3));
    message.header("time", 8, ByteBuffer.allocate(8));
    message.header("uuid", 9, ByteBuffer.allocate(16));
    message.string("empty", "");

    scan(message.string(":event-type", "x").bytes());

    assertThat(told.log()).containsExactly("progress x");
  }

  @Test
  void aMessageWithoutHeadersOrPayloadIsAnEventWithoutAName() {
    scan(new AwsMessage().bytes());

    assertThat(told.log()).containsExactly("progress message");
  }

  @Test
  void aBrokenPayloadDoesNotMatter() {
    byte[] message = AwsMessage.event("messageStart");
    message[message.length - 1] ^= 1;
    message[message.length - 6] ^= 1;

    scan(message);
    scan(AwsMessage.event("messageStop"));

    assertThat(told.log()).containsExactly("progress messageStart", "terminal messageStop");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 7, 8, 11})
  void aBrokenPreludeLeavesTheStreamToItsBytes(int at) {
    byte[] message = AwsMessage.event("messageStart");
    message[at] ^= 1;

    scan(message);

    assertThat(told.contradicted()).isTrue();
  }

  @Test
  void aHeaderOfAnUnknownTypeLeavesTheStreamToItsBytes() {
    scan(new AwsMessage().header("x", 10, ByteBuffer.allocate(1)).bytes());

    assertThat(told.contradicted()).isTrue();
  }

  @Test
  void aHeaderThatIsCutOffIsNone() {
    byte[] cut = {2, ':', 'e', 7, 0, 9, 'x'};
    scan(new AwsMessage().header(":ev", 7, ByteBuffer.wrap(cut)).bytes());

    assertThat(told.contradicted()).isFalse();
    assertThat(told.log()).containsExactly("progress message");
  }

  private void scan(byte[] message) {
    told.scan(message, 0, message.length);
  }
}
