package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * An abort that comes seconds after its decision, when the stream has ended by itself and its
 * connection carries the next request.
 */
class LateAbortIT {
  /** The number of exchanges that are ended at the same time, at least. */
  private static final int HELD = 8;

  private static final List<String> CLIENTS =
      List.of("url-connection", "sockets", "okhttp", "apache-4", "apache-5");

  @TestFactory
  Stream<DynamicTest> closesNothingButItsOwnExchange() {
    List<Jdk> all = Jdks.find().all();
    return SideBySide.of(
        test(all.get(0), SecondWayIT.FLOOR), test(all.get(all.size() - 1), SecondWayIT.LATEST));
  }

  private static DynamicTest test(Jdk jdk, String okHttp) {
    return dynamicTest(
        "on JDK " + jdk.feature() + " with OkHttp " + okHttp, () -> run(jdk, okHttp));
  }

  private static void run(Jdk jdk, String okHttp) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                jdk,
                "LateAbortProbe",
                SecondWayIT.classPath(okHttp),
                server,
                Map.of("stallguard.idle", "1500ms"))) {
      List<JobLine> held = new ArrayList<>();
      for (int i = 0; i < HELD; i++) {
        held.add(job("held-" + i, "held", 0));
      }
      List<JobLine> second = CLIENTS.stream().map(client -> job(client, client, HELD)).toList();
      held.forEach(process::send);
      process.send(job("hand-over", "hand-over", HELD + CLIENTS.size()));
      Map<String, Outcome> outcomes = process.run(second);

      assertThat(outcomes.values())
          .hasSize(CLIENTS.size())
          .allSatisfy(outcome -> assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END"));
      assertThat(process.awaitErr("stream stalled, ", HELD + CLIENTS.size()))
          .hasSize(HELD + CLIENTS.size());
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static JobLine job(String id, String form, int stalls) {
    return new JobLine(id, form, Protocol.H1, "GET", stalls, "http://127.0.0.1/");
  }
}
