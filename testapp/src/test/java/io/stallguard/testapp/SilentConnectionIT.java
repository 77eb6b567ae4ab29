package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A connection of HTTP/2 whose peer is gone without a word: whoever is released asks again at once
 * and is answered by another connection, and the silent one is closed. One that carries something
 * else is left alone.
 */
class SilentConnectionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String ABORTED = "stream stalled, aborted";
  private static final String OKHTTP = "OkHttpProbe/blocking";
  private static final String JDK_CLIENT = "JavaHttpClientProbe/input-stream";
  private static final String NETTY = "ReactorNettyProbe/block-last";
  private static final String APACHE = "ApacheAsync5Probe/bytes";
  private static final String AWS = "AwsNettyProbe/one-by-one";
  private static final List<Protocol> HTTP_2 = List.of(Protocol.H2C, Protocol.TLS_H2);

  /** With so many the first have come, however many the proxy still has in its hands. */
  private static final int EVENTS = 5;

  /** Longer than the limit. */
  private static final long ANSWER_MILLIS = 6_000;

  @TestFactory
  Stream<DynamicTest> isLeftByWhoAsksAgain() {
    List<Jdk> jdks = Jdks.find().all();
    Jdk oldest = jdks.get(0);
    Jdk newest = jdks.get(jdks.size() - 1);
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test("latest", Jdks.find().jdk(17), AllClients.classPath(), latest()));
    tests.add(test("floors", oldest, floors(), floorWays()));
    tests.add(test("floor of AWS", oldest, awsFloor(), aws()));
    tests.add(test("OkHttp 4", newest, okHttp("4.12.0"), ways(OKHTTP, JDK_CLIENT)));
    jdks.stream()
        .filter(jdk -> jdk != newest && jdk.feature() >= 11 && jdk.feature() != 17)
        .forEach(jdk -> tests.add(test("JDK", jdk, List.of(), ways(JDK_CLIENT))));
    return SideBySide.of(tests);
  }

  private static DynamicTest test(String name, Jdk jdk, List<Path> classPath, List<Way> ways) {
    return dynamicTest(
        name + " on JDK " + jdk.feature(), () -> isLeftByWhoAsksAgain(jdk, classPath, ways));
  }

  private static List<Path> floors() {
    return NettySuite.classPath(
        "com.squareup.okhttp3:okhttp-sse:" + SecondWayIT.FLOOR,
        "org.apache.httpcomponents.client5:httpclient5:"
            + System.getProperty("apache-httpasyncclient-5.floor"),
        "io.projectreactor.netty:reactor-netty-http:1.0.0");
  }

  private static List<Way> floorWays() {
    return ways(OKHTTP, NETTY, APACHE);
  }

  private static List<Path> awsFloor() {
    return NettySuite.classPath("software.amazon.awssdk:netty-nio-client:2.20.0");
  }

  private static List<Path> okHttp(String version) {
    return ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + version);
  }

  private static List<Way> latest() {
    List<Way> ways = new ArrayList<>(ways(OKHTTP, JDK_CLIENT, NETTY, APACHE));
    ways.add(new Way("ApacheAsync5Probe/negotiated-bytes", Protocol.TLS_H2));
    ways.addAll(aws());
    ways.add(new Way("JavaHttpClientProbe/own-subscriber", Protocol.TLS_H2));
    return ways;
  }

  /** The floor of the AWS SDK has no ALPN, and the latest is used like that. */
  private static List<Way> aws() {
    return List.of(new Way(AWS, Protocol.H2C));
  }

  private static List<Way> ways(String... forms) {
    return Stream.of(forms)
        .flatMap(form -> HTTP_2.stream().map(protocol -> new Way(form, protocol)))
        .toList();
  }

  private static void isLeftByWhoAsksAgain(Jdk jdk, List<Path> classPath, List<Way> ways)
      throws Exception {
    try (StallServer server = StallServer.start();
        DroppingProxy proxy = DroppingProxy.before(server);
        ProbeProcess process = start(jdk, classPath, server)) {
      process.run(ways.stream().map(way -> way.job(proxy, "warm-up", Scenario.OK, "GET")).toList());
      List<JobLine> jobs =
          ways.stream().map(way -> way.job(proxy, "asks", Scenario.OUTAGE, "POST")).toList();
      jobs.forEach(process::send);
      server.awaitExchanges(
          jobs.size(),
          exchange -> exchange.path().contains("run=asks") && exchange.eventsSent() > EVENTS,
          PATIENCE);

      proxy.dropUpstream();

      Map<String, Outcome> outcomes = process.await(jobs);
      assertThat(outcomes.values()).allSatisfy(SilentConnectionIT::isWhole);
      assertThat(process.awaitErr(ABORTED, jobs.size())).hasSize(jobs.size());
      assertThat(proxy.awaitClosed(PATIENCE)).as("silent connections are closed").isTrue();
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void isWhole(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END");
  }

  private static ProbeProcess start(Jdk jdk, List<Path> classPath, StallServer server) {
    Map<String, String> settings = Map.of("stallguard.idle", "3s");
    return ProbeProcess.start(jdk, "AskAgainProbe", classPath, server, settings);
  }

  /** An answer that is no stream, and has not begun when its sibling is released. */
  @TestFactory
  Stream<DynamicTest> isLeftAloneWhereItCarriesSomethingElse() {
    return SideBySide.of(
        dynamicTest("latest", () -> isLeftAlone(AllClients.classPath())),
        dynamicTest("OkHttp 4", () -> isLeftAlone(okHttp("4.12.0"), OKHTTP)));
  }

  private static void isLeftAlone(List<Path> classPath) {
    isLeftAlone(classPath, OKHTTP, JDK_CLIENT, NETTY, APACHE);
  }

  private static void isLeftAlone(List<Path> classPath, String... forms) {
    List<Way> ways = ways(forms);
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(Jdks.find().jdk(17), classPath, server)) {
      process.run(ways.stream().map(way -> way.plain(server, "warm-up", "/echo", "GET")).toList());
      String late = "/json?delay-ms=" + ANSWER_MILLIS;
      List<JobLine> plain =
          ways.stream().map(way -> way.plain(server, "plain", late, "POST")).toList();
      plain.forEach(process::send);
      List<JobLine> stalling =
          ways.stream()
              .map(
                  way ->
                      JobLine.named(
                          server,
                          way.id("stalls"),
                          way.form(),
                          way.protocol(),
                          Scenario.STALL_MID,
                          ""))
              .toList();
      stalling.forEach(process::send);

      assertThat(process.await(stalling).values()).allSatisfy(SilentConnectionIT::isWhole);
      assertThat(process.await(plain).values()).allSatisfy(SilentConnectionIT::isWhole);
      assertThat(process.awaitErr(ABORTED, ways.size())).hasSize(ways.size());
      assertThat(server.exchanges())
          .filteredOn(exchange -> exchange.path().contains("run=plain"))
          .hasSize(ways.size());
    }
  }

  /** A client as it is used over one protocol. */
  private record Way(String form, Protocol protocol) {
    String id(String name) {
      return name + "-" + form.replace('/', '-') + "-" + protocol;
    }

    JobLine job(DroppingProxy proxy, String name, Scenario scenario, String method) {
      JobLine job = JobLine.named(proxy::base, id(name), form, protocol, scenario, "period-ms=200");
      return new JobLine(job.id(), form, protocol, method, 0, job.url());
    }

    JobLine plain(StallServer server, String name, String path, String method) {
      return JobLine.plain(server, id(name), form, protocol, method, path);
    }
  }
}
