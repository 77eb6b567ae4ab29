package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A reader is released although its client's own way to end an exchange is held up, or is none. */
class SecondWayIT {
  private static final String STALL = "StallTimeoutException: idle limit of 2 s exceeded";

  /** Beyond any doubt less than those are held up that end an exchange. */
  private static final long SOON_MILLIS = 15_000;

  static final String FLOOR = "3.11.0";
  static final String LATEST = "5.5.1";
  private static final String OKHTTP = "4.12.0";
  private static final List<String> APACHE = List.of("apache-4", "apache-5");
  private static final List<Protocol> HTTP_1 = List.of(Protocol.H1, Protocol.TLS_H1);

  /** In each JVM fewer than hold up all threads that abort. */
  @TestFactory
  Stream<DynamicTest> releasesAllTheSame() {
    List<Jdk> all = Jdks.find().all();
    Jdk oldest = all.get(0);
    Jdk newest = all.get(all.size() - 1);
    return SideBySide.of(
        test("Apache HttpClient", oldest, OKHTTP, SecondWayIT::apache, APACHE),
        test("OkHttp 5, others", oldest, LATEST, SecondWayIT::others, List.of("okhttp")),
        test("OkHttp 4, others", newest, OKHTTP, SecondWayIT::others, List.of("okhttp")),
        test("OkHttp 3, others", newest, FLOOR, SecondWayIT::others, List.of("okhttp")));
  }

  private static DynamicTest test(
      String name,
      Jdk jdk,
      String okHttp,
      Function<StallServer, List<JobLine>> released,
      List<String> deaf) {
    return dynamicTest(name + " on JDK " + jdk.feature(), () -> run(jdk, okHttp, released, deaf));
  }

  /**
   * All the clients of {@code OddClients}; of Apache HttpClient 5 a version that asks the app for
   * plain sockets too.
   */
  static List<Path> classPath(String okHttp) {
    return ClassPaths.resolve(
        "com.squareup.okhttp3:okhttp-sse:" + okHttp,
        "org.apache.httpcomponents.client5:httpclient5:" + ApacheVersions.FLOOR_5,
        "org.apache.httpcomponents:httpclient:" + ApacheVersions.LATEST_4);
  }

  private static void run(
      Jdk jdk, String okHttp, Function<StallServer, List<JobLine>> released, List<String> deaf) {
    Map<String, String> settings = Map.of("stallguard.idle", "2s");
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(jdk, "SecondWayProbe", classPath(okHttp), server, settings)) {
      List<JobLine> jobs = released.apply(server);
      deaf.forEach(client -> process.send(job(server, "deaf/" + client, Protocol.H1)));
      Map<String, Outcome> outcomes = process.run(jobs);

      assertThat(outcomes).hasSize(jobs.size());
      assertThat(outcomes.values()).allSatisfy(SecondWayIT::isReleasedSoon);
      assertThat(process.awaitErr("stream stalled, abort failed: ", deaf.size()))
          .hasSize(deaf.size());
      assertThat(process.awaitErr("stream stalled, aborted", jobs.size())).hasSize(jobs.size());
      assertThat(process.run(job(server, "failed-aborts", Protocol.H1)).bytes())
          .isEqualTo(deaf.size());
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void isReleasedSoon(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).contains(STALL);
    assertThat(outcome.silentMillis()).as(outcome.id()).isLessThan(SOON_MILLIS);
  }

  private static List<JobLine> apache(StallServer server) {
    return APACHE.stream()
        .flatMap(client -> HTTP_1.stream().map(each -> job(server, "stubborn/" + client, each)))
        .toList();
  }

  /** HttpURLConnection asks the app for sockets below TLS only. */
  private static List<JobLine> others(StallServer server) {
    List<JobLine> jobs = new ArrayList<>();
    for (Protocol protocol : HTTP_1) {
      jobs.add(job(server, "stubborn/okhttp", protocol));
      jobs.add(job(server, "stubborn/sockets", protocol));
    }
    jobs.add(job(server, "stubborn/url-connection", Protocol.TLS_H1));
    jobs.add(job(server, "writer/TLS", Protocol.TLS_H1));
    jobs.add(job(server, "writer/LAYERED", Protocol.TLS_H1));
    for (Protocol protocol : List.of(Protocol.H1, Protocol.H2C, Protocol.TLS_H2)) {
      jobs.add(job(server, "listener", protocol));
    }
    return jobs;
  }

  private static JobLine job(StallServer server, String form, Protocol protocol) {
    String id = form.replace('/', '-') + "-" + protocol;
    return JobLine.named(server, id, form, protocol, Scenario.STALL_MID, "");
  }
}
