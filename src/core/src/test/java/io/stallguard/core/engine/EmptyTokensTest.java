package io.stallguard.core.engine;

import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.body.Told;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens without text say that a server is alive, if it is known to be one that sends tokens. */
class EmptyTokensTest {
  private static Exchange to(String path) {
    return Exchanges.to("https://api.example.com" + path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/generate_stream | {\"index\":@,\"token\":{\"id\":@,\"text\":\"%s\",\"logprob\":-0.@,"
            + "\"special\":false},\"generated_text\":null,\"details\":null}",
        "/client/v4/accounts/a/ai/run/@cf/m | {\"response\":\"%s\",\"tool_calls\":[],"
            + "\"usage\":{\"completion_tokens\":@}}",
      })
  void aServerThatSendsEmptyTokensForEverIsSeen(String path, String token) {
    assertThat(released(path, token, true)).startsWith("event-idle limit of 600 s exceeded");
    assertThat(released(path, token, false)).startsWith("event-idle limit of 1800 s exceeded");
  }

  /** What is told of a stream that has nothing but such tokens, one each 20 s, by default. */
  private static @Nullable String released(String path, String token, boolean isBegun) {
    Rig rig = Rig.exactly("");
    Guard guard = rig.engine.open(to(path), rig.abort);
    rig.tick();
    if (isBegun) {
      read(guard, "data: " + String.format(token, "a").replace('@', '1') + "\n\n");
    }
    for (int i = 2; i < 100 && !guard.isDecided(); i++) {
      read(guard, "data: " + String.format(token, "").replace("@", String.valueOf(i)) + "\n\n");
      rig.run(Duration.ofSeconds(20));
    }
    return guard.stallException(null).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/stream | {\"response\":\"\"}",
        "/stream | {\"response\":\"\",\"user\":\"bob\",\"room\":5}",
        "/stream | {\"response\":\"\",\"tool_calls\":[],\"p\":\"abdefgh\"}",
        "/stream | {\"token\":{\"id\":1,\"text\":\"\"},\"generated_text\":null}",
        "/stream | {\"token\":{\"text\":\"\",\"price\":5},\"generated_text\":null}",
        "/stream | {\"content\":\"\",\"stop\":false}",
        "/stream | {\"model\":\"car\",\"response\":\"\",\"done\":false}",
        "/stream | {\"generation\":\"\",\"stop_reason\":null}",
        "/stream | {\"text\":\"\",\"is_finished\":false}",
        "/stream | {\"event\":\"message\",\"answer\":\"\"}",
        "/stream | {\"output\":{\"text\":\"\"},\"request_id\":\"r\"}",
        "/stream | {\"results\":[{\"generated_text\":\"\"}]}",
        "/ai/run/report | {\"response\":\"\",\"tool_calls\":[]}",
        "/ai/runs/@me | {\"response\":\"\"}",
        "/users/@me/ai/run | {\"response\":\"\"}",
        "/@/ai/run/@cf/m | {\"reply\":\"\",\"text\":\"\"}",
        "/ai/run/@cf/m | {\"text\":\"\",\"audio\":\"QUJD\"}",
        "/generate_stream | {\"text_output\":\"\",\"sequence_end\":false}",
        "/generate_stream | {\"token\":\"\",\"text\":\"\"}",
        "/completion | {\"content\":\"\",\"stop\":0}",
        "/generate | {\"response\":\"\",\"user\":\"bob\"}",
      })
  void anEmptyTextOfNobodysIsNoHeartbeat(String path, String data) {
    Told told = new Told(to(path)).scan("data: {\"n\":1}\n\n");

    told.scan(("data: " + data + "\n\n").repeat(5));

    assertThat(told.events().heartbeats()).isZero();
    assertThat(told.events().progress()).isEqualTo(6);
  }
}
