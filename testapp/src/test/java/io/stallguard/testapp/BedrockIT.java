package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testapp.SdkClient.Way;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The AWS SDK's {@code converseStream}: it sends requests again by itself, after a stall too, and
 * must not when the app has a part of the answer.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BedrockIT {
  private static final Way WAY = Way.of("converse-stream", Transport.NETTY);
  private static final SdkClient CLIENT = SdkClient.of("bedrockruntime", "sdk.BedrockProbe", WAY);
  private static final SdkClient OVER_TLS = CLIENT.over(Port.TLS2);

  private static final Map<String, String> SETTINGS =
      Map.of("stallguard.idle", "2500ms", "stallguard.done-grace", "1s");

  @Test
  void isNotAskedAgainOnceAPartOfTheAnswerHasCome() {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(server)) {
      JobLine clear = job(CLIENT, server, Scenario.STALL_MID);
      JobLine tls = job(OVER_TLS, server, Scenario.BURST_THEN_STALL);
      JobLine nothing = job(CLIENT, server, Scenario.STALL_FIRST_BYTE);
      JobLine done = job(CLIENT, server, Scenario.DONE_NO_CLOSE);

      Map<String, Outcome> outcomes = process.run(List.of(clear, tls, nothing, done));

      for (JobLine partial : List.of(clear, tls)) {
        assertThat(outcomes.get(partial.id()).ending())
            .contains("idle limit of 2.5 s exceeded: ")
            .contains("partial content delivered");
        assertThat(requests(server, partial)).hasSize(1);
      }
      assertThat(outcomes.get(clear.id()).bytes())
          .isEqualTo(CLIENT.delivered(WAY, Scenario.STALL_MID));
      assertThat(outcomes.get(nothing.id()).ending()).contains("nothing delivered: safe to retry");
      assertThat(requests(server, nothing)).hasSizeGreaterThan(1);
      assertThat(outcomes.get(done.id()).ending()).isEqualTo("END");
      assertThat(requests(server, done)).hasSize(1);
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static JobLine job(SdkClient client, StallServer server, Scenario scenario) {
    return client.job(server, WAY, scenario, "once");
  }

  private static List<SeenExchange> requests(StallServer server, JobLine job) {
    return server.exchanges().stream()
        .filter(exchange -> (exchange.path() + "/").contains("run=" + job.id() + "/"))
        .toList();
  }

  private static ProbeProcess start(StallServer server) {
    JavaCommand command =
        ProbeProcess.command(Jdks.find().jdk(17), CLIENT.probe(), SdkClassPaths.of(CLIENT), server)
            .agent(ProbeProcess.agent());
    SETTINGS.forEach(command::property);
    return ProbeProcess.start(command);
  }
}
