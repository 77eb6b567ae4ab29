package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Hundreds of stalls leave nothing behind: no leased connection, no thread, no descriptor. */
class LeakIT {
  private static final int AT_ONCE = 100;
  private static final int BATCHES = 3;

  /** The JVM and the clients' pools come and go a little; what leaks, leaks with each exchange. */
  private static final int TOLERANCE = AT_ONCE / 2;

  private static final long PATIENCE_SECONDS = 30;
  private static final String STALL = "limit of 1 s exceeded";
  private static final String END = "END";

  /** One in so many: what is said of sockets holds for TLS too, which takes far more time. */
  private static final int TLS_EVERY = 5;

  private static StallServer server;

  /**
   * A client and how it is used.
   *
   * @param form the probe, a slash and its form
   * @param scenario how its streams go silent
   * @param ending what becomes of each job
   */
  private record Client(
      String name, List<Path> classPath, String form, Scenario scenario, String ending) {

    static Client stalling(String name, List<Path> classPath, String form) {
      return new Client(name, classPath, form, Scenario.STALL_MID, STALL);
    }

    /** Its streams stay open after their last event. */
    static Client lingering(String name, List<Path> classPath, String form) {
      return new Client(name + " after done", classPath, form, Scenario.DONE_NO_CLOSE, END);
    }

    static Client closingEarly(String name, List<Path> classPath, String form) {
      return new Client(name + " closed early", classPath, form, Scenario.STALL_MID, END);
    }
  }

  private static Stream<Client> clients() {
    List<Path> apache5 = ApacheVersions.classPath(ApacheVersions.LATEST_5);
    List<Path> apache4 = ApacheVersions.classPath(ApacheVersions.LATEST_4);
    List<Path> apache40 = ApacheVersions.classPath(ApacheVersions.FLOOR_4);
    List<Path> okHttp = ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:5.5.1");
    return Stream.of(
        Client.stalling("Apache HttpClient 5", apache5, "ApacheHttpClient5Probe/blocking"),
        Client.stalling("Apache HttpCore 5", apache5, "ApacheHttpClient5Probe/requester"),
        Client.closingEarly("Apache HttpClient 5", apache5, "ApacheHttpClient5Probe/close-early"),
        Client.lingering("Apache HttpClient 5", apache5, "ApacheHttpClient5Probe/blocking"),
        Client.stalling("Apache HttpClient 4", apache4, "ApacheHttpClient4Probe/blocking"),
        Client.lingering("Apache HttpClient 4", apache4, "ApacheHttpClient4Probe/blocking"),
        Client.stalling("DefaultHttpClient", apache40, "LegacyApacheHttpClientProbe/blocking"),
        Client.lingering("DefaultHttpClient", apache40, "LegacyApacheHttpClientProbe/blocking"),
        Client.stalling("OkHttp", okHttp, "OkHttpProbe/blocking"),
        Client.stalling("java.net.http", List.of(), "JavaHttpClientProbe/input-stream"),
        Client.stalling("HttpURLConnection", List.of(), "HttpUrlConnectionProbe/stream"));
  }

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> leavesNothingBehind() {
    return SideBySide.of(
        clients().map(client -> dynamicTest(client.name(), () -> stallOften(client))).toList());
  }

  private static void stallOften(Client client) throws InterruptedException {
    try (ProbeProcess process =
        ProbeProcess.start(
            Jdks.find().jdk(17),
            "EveryProbe",
            client.classPath(),
            server,
            Map.of("stallguard.idle", "1s", "stallguard.done-grace", "500ms"))) {
      stall(process, client, "warm-up");
      Census before = Census.of(process, server, "before");
      for (int batch = 0; batch < BATCHES; batch++) {
        stall(process, client, "batch-" + batch);
      }
      Census after = awaitBackTo(before, process);

      assertThat(after.isBackTo(before, TOLERANCE)).as("%s after %s", after, before).isTrue();
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void stall(ProbeProcess process, Client client, String name) {
    Map<String, Outcome> outcomes = process.run(jobs(client, name));

    assertThat(outcomes.values())
        .hasSize(AT_ONCE)
        .allSatisfy(outcome -> assertThat(outcome.ending()).contains(client.ending()));
  }

  private static List<JobLine> jobs(Client client, String name) {
    List<JobLine> jobs = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      jobs.add(
          JobLine.named(
              server,
              client.name().replace(' ', '-') + "-" + name + "-" + i,
              client.form(),
              i % TLS_EVERY == 0 ? Protocol.TLS_H1 : Protocol.H1,
              client.scenario(),
              ""));
    }
    return jobs;
  }

  /** Threads end and sockets close a little after the app has its exception. */
  private static Census awaitBackTo(Census before, ProbeProcess process)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (int i = 0; ; i++) {
      Census census = Census.of(process, server, "after-" + i);
      if (census.isBackTo(before, TOLERANCE) || System.nanoTime() - deadlineNanos > 0) {
        return census;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
