package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.body.Mark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cut answers of dialects, in whatever framing, and streams that merely look like some. */
class LookalikesTest {
  private static final String FAR = "far ".repeat(2500);

  private static Told events(String path) {
    return new Told(Exchanges.to("https://api.example.com" + path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions | {\"choices\":[{\"delta\":{\"content\":\"FAR\"},"
            + "\"finish_reason\":\"stop\"}]} | LONG",
        "/api/v1/generation | {\"output\":{\"text\":\"FAR\",\"finish_reason\":\"stop\"},"
            + "\"usage\":{},\"request_id\":\"r\"} | LONG",
        "/completion | {\"index\":0,\"content\":\"FAR\",\"tokens\":[],\"stop\":true} | SHORT",
        "/v1/messages | {\"message\":{\"text\":\"FAR\"},\"type\":\"message_stop\"} | SHORT",
        "/v1/responses | {\"response\":{\"output\":[{\"text\":\"FAR\"},{\"text\":\"FAR\"}]},"
            + "\"type\":\"response.completed\"} | LONG",
        "/generate_stream | {\"details\":\"FAR\",\"token\":{\"text\":\"a\"},"
            + "\"generated_text\":\"FAR\"} | SHORT",
      })
  void whatDecidesMayStandBehindALongText(String path, String data, Mark mark) {
    String event = "data: " + data.replace("FAR", FAR) + "\n\n";
    byte[] bytes = event.getBytes(UTF_8);

    for (int cut = 1; cut < bytes.length; cut += 97) {
      Told told = events(path);
      told.chunk(bytes, 0, cut);
      told.chunk(bytes, cut, bytes.length);
      told.end();
      assertThat(told.events().answer().mark()).as("cut at %s", cut).isEqualTo(mark);
      assertThat(told.events().answer().isTruncated()).as("cut at %s", cut).isFalse();
    }
  }

  @Test
  void anErrorMayStandBehindALongText() {
    String event =
        "data: {\"choices\":[{\"delta\":{\"content\":\""
            + FAR
            + "\"}}],\"error\":{\"code\":null,\"message\":\"boom\"}}\n\n";

    assertThat(events("/v1/chat/completions").scan(event).events().answer().error())
        .isEqualTo("error");
  }
}
