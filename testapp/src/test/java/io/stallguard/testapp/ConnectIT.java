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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The limit on connecting, against a port of this machine that never answers. */
class ConnectIT {
  private static final String HOST = "127.0.0.1";
  private static final String HOST_WITHOUT = "localhost";
  private static final String HOST_OBSERVED = "127.0.0.2";

  private static final String RULES =
      ",rule.off.match="
          + HOST_WITHOUT
          + ",rule.off.connect=off,rule.observed.match="
          + HOST_OBSERVED
          + ",rule.observed.mode=observe";

  private static final String LIMIT = "connect=2s" + RULES;

  /** The first handshake of TLS, which counts there, takes its time on a busy machine. */
  private static final String LIMIT_WITH_TLS = "connect=5s" + RULES;

  /** Of a client's own, the first less and the others more than the agent's. */
  private static final int SHORT_MILLIS = 700;

  private static final int LONG_MILLIS = 3500;
  private static final int LONG_MILLIS_WITH_TLS = 6500;
  private static final int ENDLESS = 0;

  /** An answer that takes longer than each: a connection that is there has no such limit. */
  private static final String LONG_ANSWER = "events=30;period-ms=200";

  private static final int FIRST = 8;
  private static final int FIRST_WITH_HTTP_CLIENT = 11;
  private static final String CONNECT_TIMEOUT = "java.net.http.HttpConnectTimeoutException: ";
  private static final String TIMEOUT = "java.net.SocketTimeoutException: ";

  /** On the oldest JDK that has the client, and on the newest. */
  @TestFactory
  Stream<DynamicTest> releasesWhoWaitsForAConnectionAndNobodyElse() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Jdk jdk : ends(FIRST)) {
      tests.add(dynamicTest("blocking clients on JDK " + jdk.feature(), () -> blocking(jdk)));
    }
    for (Jdk jdk : ends(FIRST_WITH_HTTP_CLIENT)) {
      tests.add(dynamicTest("java.net.http on JDK " + jdk.feature(), () -> javaHttp(jdk)));
    }
    return SideBySide.of(tests);
  }

  private static List<Jdk> ends(int first) {
    List<Jdk> all = Jdks.find().all().stream().filter(jdk -> jdk.feature() >= first).toList();
    return all.size() < 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
  }

  private static void blocking(Jdk jdk) throws Exception {
    List<Path> okHttp = ClassPaths.resolve("com.squareup.okhttp3:okhttp:4.12.0");
    try (StallServer server = StallServer.start();
        FullBacklog silent = new FullBacklog();
        ProbeProcess process = start(jdk, "ConnectProbe", okHttp, server, LIMIT)) {
      List<JobLine> released =
          List.of(
              job("constructor", HOST, silent, ENDLESS),
              job("socket", HOST, silent, ENDLESS),
              job("url-connection", HOST, silent, ENDLESS),
              job("okhttp", HOST, silent, 10_000));
      List<JobLine> own =
          List.of(
              job("socket", HOST, silent, SHORT_MILLIS),
              job("url-connection", HOST, silent, SHORT_MILLIS),
              job("okhttp", HOST, silent, SHORT_MILLIS),
              job("socket", HOST_WITHOUT, silent, LONG_MILLIS),
              job("socket", HOST_OBSERVED, silent, LONG_MILLIS));
      JobLine healthy =
          JobLine.of(server, "url-connection", Protocol.H1, Scenario.SLOW_BUT_ALIVE, LONG_ANSWER);

      send(process, released, own, List.of(healthy));

      String stall = "io.stallguard.core.StallTimeoutException: connect limit of 2 s exceeded: ";
      end(process, released, stall + "no connection to " + HOST + ":" + silent.port());
      end(process, own, TIMEOUT);
      end(process, List.of(healthy), "END");
      assertThat(process.awaitErr("would have been given up (mode=observe): ", 1))
          .singleElement()
          .asString()
          .contains("no connection to " + HOST_OBSERVED);
      tells(process, released.size());
    }
  }

  private static void javaHttp(Jdk jdk) throws Exception {
    try (StallServer server = StallServer.start();
        FullBacklog silent = new FullBacklog();
        ProbeProcess process =
            start(jdk, "JavaHttpConnectProbe", List.of(), server, LIMIT_WITH_TLS)) {
      List<JobLine> released =
          List.of(
              job("send", HOST, silent, ENDLESS),
              job("async", HOST, silent, ENDLESS),
              job("send", HOST, silent, 10_000));
      List<JobLine> own =
          List.of(
              job("send", HOST, silent, SHORT_MILLIS),
              job("send", HOST_WITHOUT, silent, LONG_MILLIS_WITH_TLS),
              job("send", HOST_OBSERVED, silent, LONG_MILLIS_WITH_TLS));
      List<JobLine> healthy =
          Stream.of(Protocol.values())
              .map(each -> JobLine.of(server, "send", each, Scenario.SLOW_BUT_ALIVE, LONG_ANSWER))
              .toList();

      send(process, released, own, healthy);

      String stall = CONNECT_TIMEOUT + "connect limit of 5 s exceeded: ";
      end(process, released, stall + "no connection to " + HOST + ":" + silent.port() + " for ");
      end(process, own, CONNECT_TIMEOUT + "HTTP connect timed out");
      end(process, healthy, "END");
      tells(process, released.size());
    }
  }

  private static ProbeProcess start(
      Jdk jdk, String probe, List<Path> classPath, StallServer server, String settings) {
    return ProbeProcess.start(
        ProbeProcess.command(jdk, probe, classPath, server).agent(ProbeProcess.agent(), settings));
  }

  private static JobLine job(String form, String host, FullBacklog silent, int ownMillis) {
    String id = form + "-" + host + "-" + ownMillis;
    String url = "http://" + host + ":" + silent.port() + "/";
    return new JobLine(id, form, Protocol.H1, "GET", ownMillis, url);
  }

  @SafeVarargs
  private static void send(ProbeProcess process, List<JobLine>... jobs) {
    Stream.of(jobs).flatMap(List::stream).forEach(process::send);
  }

  private static void end(ProbeProcess process, List<JobLine> jobs, String ending) {
    for (JobLine job : jobs) {
      assertThat(process.await(job).ending()).as(job.id()).startsWith(ending);
    }
  }

  private static void tells(ProbeProcess process, int count) {
    assertThat(process.awaitErr("connection stalled, given up: ", count))
        .hasSize(count)
        .allMatch(line -> line.contains(" s (agent argument), waiting thread "));
    assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
  }
}
