package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 without TLS and without an upgrade, which the JDK's client does not speak. */
@Timeout(60)
class PriorKnowledgeTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @Test
  void streamsAndHearsTheResetOfAStream() throws IOException {
    OkHttpClient client =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    byte[] expected = Wire.expected(Provider.OPENAI_CHAT, Scenario.STALL_MID);
    try (StallServer server = StallServer.start()) {
      try (Response response = client.newCall(request(server)).execute()) {
        assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
        assertThat(response.body().source().readByteArray(expected.length)).isEqualTo(expected);
      }

      SeenExchange exchange = server.awaitExchange(SeenExchange::ended, DEADLINE);

      assertThat(exchange.ending()).isEqualTo(SeenEnding.RESET);
      assertThat(exchange.errorCode()).isEqualTo(8);
    }
  }

  private static Request request(StallServer server) {
    return new Request.Builder()
        .url(server.base(Port.CLEAR, Scenario.STALL_MID) + Provider.OPENAI_CHAT.path())
        .post(RequestBody.create("{}", MediaType.get("application/json")))
        .build();
  }
}
