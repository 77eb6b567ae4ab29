package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A client that runs out of memory in the middle of telling its app tells it all the same. */
class StarvedClientIT {
  private static final List<Protocol> PROTOCOLS =
      List.of(Protocol.H1, Protocol.H2C, Protocol.TLS_H1);

  @TestFactory
  Stream<DynamicTest> tellsItsAppOnceThereIsMemory() {
    List<Jdk> jdks = Jdks.find().all();
    return SideBySide.of(test("2.20.0", jdks.get(0)), test("2.57.8", jdks.get(jdks.size() - 1)));
  }

  private static DynamicTest test(String version, Jdk jdk) {
    return dynamicTest("AWS Netty client " + version, () -> tells(version, jdk));
  }

  private static void tells(String version, Jdk jdk) {
    List<String> client = List.of("software.amazon.awssdk:netty-nio-client:" + version);
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                jdk,
                "AwsNettyProbe",
                NettySuite.classPath(client.toArray(String[]::new)),
                server,
                Map.of("stallguard.idle", "2s"))) {
      List<JobLine> jobs = PROTOCOLS.stream().map(protocol -> job(server, protocol)).toList();

      process
          .run(jobs)
          .forEach(
              (id, outcome) ->
                  assertThat(outcome.ending()).as(id).contains("idle limit of 2 s exceeded"));

      assertThat(process.awaitErr("stream stalled, aborted", jobs.size())).hasSize(jobs.size());
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static JobLine job(StallServer server, Protocol protocol) {
    String id = "starved-" + protocol;
    return JobLine.named(server, id, "starved", protocol, Scenario.STALL_MID, "");
  }
}
