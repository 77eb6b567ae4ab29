package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Calls that wait for a response head, as those do that are not streamed: the silent ones are
 * released at {@code head}, everything else is left alone.
 */
class HeadIT {
  private static final String LIMIT = "4s";

  /** While all is new to the JVM: connect and handshakes count with java.net.http. */
  private static final String AT_START = "60s";

  private static final String OURS = "head limit of 4 s exceeded: no response head for ";

  /** Well below the limit, and long enough to be told from none. */
  private static final String IN_TIME = "delay-ms=1000";

  /** Longer than the limit, from head to end. */
  private static final String LONG_BODY = "events=16;period-ms=300";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Beyond the limit, for who has no agent. */
  private static final Duration BEYOND = Duration.ofSeconds(6);

  /** HTTP/2's error code for a stream that is not wanted any more. */
  private static final int CANCEL = 8;

  private static final String JDK = "java.net.http.HttpTimeoutException: ";
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String NETTY = "io.netty.handler.timeout.ReadTimeoutException: ";
  private static final Protocol[] ALL = Protocol.values();
  private static final Protocol[] HTTP_1 = {Protocol.H1, Protocol.TLS_H1};

  /** What a request timeout of the JDK's client, and others', ends with when they set their own. */
  private static final Map<String, String> OWN_TIMEOUTS =
      Map.of(
          "JavaHttpClientProbe", JDK + "request timed out",
          "ApacheAsync4Probe", "java.net.SocketTimeoutException",
          "ReactorNettyProbe", "io.netty.handler.timeout.ReadTimeoutException");

  @TestFactory
  Stream<DynamicTest> releasesWhoWaitsForAHead() {
    Jdks jdks = Jdks.find();
    Jdk oldest = jdks.all().get(0);
    Jdk newest = jdks.all().get(jdks.all().size() - 1);
    return SideBySide.allOf(
        List.of(
            test("latest versions", jdks.jdk(17), AllClients.classPath(), latest()),
            test("java.net.http", jdks.jdk(11), List.of(), jdk()),
            test("java.net.http", newest, List.of(), jdk()),
            test("floors of Reactor Netty and HttpAsyncClient 4", oldest, floors(), floorWays()),
            test(
                "floors of AsyncHttpClient, AWS and Azure",
                oldest,
                nettyFloors(),
                nettyFloorWays()),
            dynamicTest("without the agent", () -> hangs(jdks.jdk(17)))));
  }

  private static DynamicTest test(String name, Jdk jdk, List<Path> classPath, List<Way> ways) {
    return dynamicTest(name + " on JDK " + jdk.feature(), () -> releases(jdk, classPath, ways));
  }

  private static List<Way> latest() {
    List<Way> ways = new ArrayList<>(jdk());
    ways.add(new Way("ApacheAsync4Probe", "bytes", STALL, HTTP_1));
    ways.add(new Way("ApacheAsync4Probe", "whole", STALL, HTTP_1));
    ways.add(new Way("ApacheAsync4Probe", "minimal-bytes", STALL, Protocol.H1));
    ways.add(new Way("ReactorNettyProbe", "one-by-one", NETTY, ALL));
    ways.add(new Way("WebClientProbe", "buffers", NETTY, Protocol.H1, Protocol.TLS_H2));
    ways.add(new Way("AsyncHttpClientProbe", "parts", NETTY, HTTP_1));
    ways.add(new Way("AwsNettyProbe", "one-by-one", STALL, Protocol.H1, Protocol.H2C));
    ways.add(new Way("AzureNettyProbe", "iterable", NETTY, HTTP_1));
    return ways;
  }

  private static List<Way> jdk() {
    return List.of(
        new Way("JavaHttpClientProbe", "input-stream", JDK, ALL),
        new Way("JavaHttpClientProbe", "async-input-stream", JDK, ALL),
        new Way("JavaHttpClientProbe", "string", JDK, Protocol.H1, Protocol.TLS_H2));
  }

  private static List<Path> floors() {
    return NettySuite.classPath(
        "io.projectreactor.netty:reactor-netty-http:1.0.0",
        "org.apache.httpcomponents:httpasyncclient:"
            + System.getProperty("apache-httpasyncclient-4.floor"));
  }

  /** Netty before 4.1.76 lets nobody make a ReadTimeoutException with a message. */
  private static List<Way> floorWays() {
    return List.of(
        new Way("ReactorNettyProbe", "one-by-one", STALL, ALL),
        new Way("ApacheAsync4Probe", "bytes", STALL, HTTP_1),
        new Way("ApacheAsync4Probe", "minimal-bytes", STALL, Protocol.H1));
  }

  private static List<Path> nettyFloors() {
    return NettySuite.classPath(
        "software.amazon.awssdk:netty-nio-client:2.20.0",
        "com.azure:azure-core-http-netty:1.13.0",
        "org.asynchttpclient:async-http-client:2.12.0");
  }

  private static List<Way> nettyFloorWays() {
    return List.of(
        new Way("AwsNettyProbe", "one-by-one", STALL, Protocol.H1, Protocol.H2C),
        new Way("AsyncHttpClientProbe", "parts", NETTY, HTTP_1),
        new Way("AzureNettyProbe", "iterable", NETTY, HTTP_1));
  }

  private static void releases(Jdk jdk, List<Path> classPath, List<Way> ways) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(jdk, "EveryProbe", classPath, server)
                    .agent(ProbeProcess.agent(), "head=" + AT_START))) {
      List<JobLine> silent = jobs(server, ways, Scenario.STALL_HEADERS, "silent", "");
      List<JobLine> late = jobs(server, ways, Scenario.OK, "late", IN_TIME);
      List<JobLine> longer = jobs(server, ways, Scenario.SLOW_BUT_ALIVE, "long", LONG_BODY);
      List<JobLine> own = special(server, ways, "own-timeout");
      List<JobLine> cancelled = special(server, ways, "cancelled");
      process.run(jobs(server, ways, Scenario.OK, "first", ""));
      process.run(new JobLine("change", "change", Protocol.H1, "GET", 0, "head=" + LIMIT));
      Map<String, Outcome> outcomes =
          process.run(
              Stream.of(silent, late, longer, own, cancelled).flatMap(List::stream).toList());

      expectReleases(server, ways, outcomes);
      assertThat(late).allMatch(job -> outcomes.get(job.id()).ended());
      assertThat(longer).allMatch(job -> outcomes.get(job.id()).ended());
      own.forEach(job -> expectOwnTimeout(job, outcomes.get(job.id())));
      assertThat(cancelled).noneMatch(job -> outcomes.get(job.id()).ending().contains("limit"));
      List<JobLine> next = jobs(server, ways, Scenario.OK, "next", "");
      assertThat(process.run(next).values()).allMatch(Outcome::ended);
      List<String> err = process.end();
      assertThat(err).noneMatch(line -> line.contains("internal error"));
      assertThat(err).filteredOn(line -> line.contains("stalled, aborted")).hasSize(silent.size());
    }
  }

  private static void expectReleases(
      StallServer server, List<Way> ways, Map<String, Outcome> outcomes) {
    for (Way way : ways) {
      for (Protocol protocol : way.protocols()) {
        String id = way.id("silent", protocol);
        assertThat(outcomes.get(id).ending())
            .as(id)
            .contains(way.thrown() + OURS, "no response; ", "nothing delivered: safe to retry");
        expectEnded(server, id);
      }
    }
  }

  private static void expectEnded(StallServer server, String id) {
    SeenExchange exchange = server.awaitExchange(each -> isOf(each, id) && each.ended(), PATIENCE);
    if (exchange.protocol().equals("HTTP/2.0")) {
      assertThat(exchange.ending()).as(id).isEqualTo(SeenEnding.RESET);
      assertThat(exchange.errorCode()).as(id).isEqualTo(CANCEL);
    } else {
      assertThat(server.awaitConnectionClosed(exchange.connection(), PATIENCE)).as(id).isTrue();
    }
    assertThat(server.exchanges()).filteredOn(each -> isOf(each, id)).as(id).hasSize(1);
  }

  private static boolean isOf(SeenExchange exchange, String id) {
    return exchange.path().contains("run=" + id + "/");
  }

  private static void expectOwnTimeout(JobLine job, Outcome outcome) {
    String probe = job.form().split("/")[0];
    assertThat(outcome.ending())
        .as(job.id())
        .contains(OWN_TIMEOUTS.getOrDefault(probe, "?"))
        .doesNotContain("head limit");
  }

  /**
   * A call that is not streamed: its SDK takes the exception for a failure that passes, and says
   * what the last one was.
   */
  @Test
  void anSdkAsksAgainAfterIt() {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                SdkRun.command(openAi(), server, Jdks.find().jdk(17))
                    .agent(ProbeProcess.agent(), "head=1500ms"))) {
      Outcome outcome =
          process.run(JobLine.of(server, "chat-whole", Protocol.H1, Scenario.STALL_HEADERS, ""));

      assertThat(outcome.ending())
          .contains("OpenAIIoException", STALL + "head limit of 1.5 s exceeded");
      assertThat(server.exchanges()).hasSize(3);
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static SdkClient openAi() {
    return SdkClients.all().stream()
        .filter(client -> client.name().equals("openai-java"))
        .findFirst()
        .orElseThrow();
  }

  private static void hangs(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(jdk, "EveryProbe", AllClients.classPath(), server))) {
      List<JobLine> silent = jobs(server, latest(), Scenario.STALL_HEADERS, "silent", "");
      silent.forEach(process::send);
      JobLine last =
          JobLine.named(
              server,
              "last",
              "JavaHttpClientProbe/string",
              Protocol.H1,
              Scenario.OK,
              "delay-ms=" + BEYOND.toMillis());
      process.run(last);

      assertThat(process.outcomes(silent)).isEmpty();
    }
  }

  private static List<JobLine> jobs(
      StallServer server, List<Way> ways, Scenario scenario, String name, String settings) {
    List<JobLine> jobs = new ArrayList<>();
    for (Way way : ways) {
      for (Protocol protocol : way.protocols()) {
        String form = way.probe() + "/" + way.form();
        String id = way.id(name, protocol);
        jobs.add(JobLine.named(server, id, form, protocol, scenario, settings));
      }
    }
    return jobs;
  }

  /** What an app ends itself before the limit does. */
  private static List<JobLine> special(StallServer server, List<Way> ways, String form) {
    return ways.stream()
        .map(Way::probe)
        .distinct()
        .filter(OWN_TIMEOUTS::containsKey)
        .filter(probe -> !form.equals("cancelled") || !probe.equals("ReactorNettyProbe"))
        .map(
            probe ->
                JobLine.named(
                    server,
                    form + "-" + probe,
                    probe + "/" + form,
                    Protocol.H1,
                    Scenario.STALL_HEADERS,
                    ""))
        .toList();
  }

  /**
   * A client as it is used.
   *
   * @param thrown what the app sees of a stall, or what that has as its cause
   */
  private record Way(String probe, String form, String thrown, List<Protocol> protocols) {
    Way(String probe, String form, String thrown, Protocol... protocols) {
      this(probe, form, thrown, Arrays.asList(protocols));
    }

    String id(String name, Protocol protocol) {
      return name + "-" + probe + "-" + form + "-" + protocol;
    }
  }
}
