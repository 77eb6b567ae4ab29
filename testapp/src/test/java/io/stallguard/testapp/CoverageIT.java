package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which clients are guarded is told before a stream stalls: of each, and of servers nothing. */
class CoverageIT {
  private static final String AMISS = " is not guarded: there is no module for it";
  private static final String BEFORE =
      "connections that were open before the agent came are not guarded, those opened since are";
  private static final List<String> GRPC =
      List.of("grpc-netty", "grpc-netty-shaded", "grpc-okhttp");
  private static final String SUMS = "coverage: ";

  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> isTold() {
    return SideBySide.of(
        dynamicTest("clients without a module", CoverageIT::withoutModule),
        dynamicTest("connections that nothing comes over", CoverageIT::silentPeer),
        dynamicTest("an app with three clients", CoverageIT::threeClients),
        dynamicTest("limits that do not hold", CoverageIT::limits),
        dynamicTest("a reader that hides", CoverageIT::hiddenReader),
        dynamicTest("a head of a client that is not guarded", CoverageIT::headOfOthers),
        dynamicTest("after an attach", CoverageIT::attached));
  }

  private static ForeignClient vertx() {
    return ForeignClient.of(
        "vertx", List.of("VertxUse", "VertxServe", "PlainGet"), "io.vertx:vertx-core:4.5.14");
  }

  private static ForeignClient jetty() {
    return ForeignClient.of(
        "jetty",
        List.of("JettyUse", "JettyServe", "PlainGet"),
        "org.eclipse.jetty:jetty-client:12.0.16",
        "org.eclipse.jetty:jetty-server:12.0.16");
  }

  private static ForeignClient grpc(String transport, String folder) {
    return ForeignClient.of(
        folder, List.of("GrpcUse"), "io.grpc:" + transport + ":1.71.0", "io.grpc:grpc-stub:1.71.0");
  }

  private static ForeignClient armeria() {
    return ForeignClient.of(
        "armeria",
        List.of("ArmeriaUse", "ArmeriaServe", "PlainGet"),
        "com.linecorp.armeria:armeria:1.31.3");
  }

  private static ForeignClient crt() {
    return ForeignClient.of(
        "aws-crt",
        List.of("AwsCrtUse", "AwsRequest", "AwsCrtStart"),
        "software.amazon.awssdk:aws-crt-client:2.31.20");
  }

  private static void withoutModule() {
    ForeignClient vertx = vertx();
    ForeignClient jetty = jetty();
    ForeignClient armeria = armeria();
    ForeignClient crt = crt();
    try (ProbeProcess process = start(Map.of())) {
      use(process, vertx, "VertxServe", Protocol.H1);
      use(process, jetty, "JettyServe", Protocol.H1);
      use(process, armeria, "ArmeriaServe", Protocol.H1);
      use(process, crt, "AwsCrtStart", Protocol.H1);
      assertThat(CoverageRows.of(process)).isEmpty();

      use(process, vertx, "VertxUse", Protocol.H1);
      use(process, jetty, "JettyUse", Protocol.H1);
      use(process, armeria, "ArmeriaUse", Protocol.H1);
      use(process, crt, "AwsCrtUse", Protocol.H1);
      use(process, vertx, "VertxUse", Protocol.H1);
      useOthers(process);

      eachIsToldOnce(process);
    }
  }

  private static void useOthers(ProbeProcess process) {
    use(
        process,
        ForeignClient.of(
            "jetty-9", List.of("JettyUse"), "org.eclipse.jetty:jetty-client:9.4.57.v20241219"),
        "JettyUse",
        Protocol.H1);
    use(
        process,
        ForeignClient.of("ktor-cio", List.of("KtorCioUse"), "io.ktor:ktor-client-cio-jvm:3.2.3"),
        "KtorCioUse",
        Protocol.H1);
    for (String transport : GRPC) {
      use(process, grpc(transport, transport), "GrpcUse", Protocol.H2C);
    }
  }

  /** Also HTTP/1.1 of Vert.x, which goes over Netty's codec and leaves the reading to Netty. */
  private static void eachIsToldOnce(ProbeProcess process) {
    assertThat(process.awaitErr(AMISS, 9))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("WARN vertx 4.5.14 in URLClassLoader@"),
            line -> assertThat(line).contains("WARN jetty-client 12.0.16 in "),
            line -> assertThat(line).contains("WARN jetty-client 9.4.57.v20241219 in "),
            line -> assertThat(line).contains("WARN armeria 1.31.3 in "),
            line -> assertThat(line).contains("WARN ktor-cio 3.2.3 in "),
            line -> assertThat(line).contains("WARN aws-crt 0."),
            line -> assertThat(line).contains("WARN grpc-netty 1.71.0 in "),
            line -> assertThat(line).contains("WARN grpc-netty-shaded 1.71.0 in "),
            line -> assertThat(line).contains("WARN grpc-okhttp 1.71.0 in "));
    assertThat(CoverageRows.of(process))
        .hasSize(9)
        .allMatch(row -> row.contains("\tnot guarded\t"));
    assertThat(process.process().out()).contains("COVERED\t0");
    assertThat(process.end())
        .filteredOn(line -> line.contains(SUMS))
        .singleElement()
        .asString()
        .contains("coverage: 0 streams guarded; not guarded: vertx 4.5.14 in ");
  }

  /** A connection is taken for it, and no more: not even settings of HTTP/2 come. */
  private static void silentPeer() throws IOException {
    ForeignClient vertx =
        ForeignClient.of("vertx-silent", List.of("VertxHttp2Use"), "io.vertx:vertx-core:4.5.14");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ProbeProcess process = start(Map.of())) {
      process.send(silentJob(vertx, "VertxHttp2Use", silent));
      for (String transport : GRPC) {
        process.send(silentJob(grpc(transport, transport + "-silent"), "GrpcUse", silent));
      }

      assertThat(process.awaitErr(AMISS, 4))
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).contains("WARN vertx 4.5.14 in "),
              line -> assertThat(line).contains("WARN grpc-netty 1.71.0 in "),
              line -> assertThat(line).contains("WARN grpc-netty-shaded 1.71.0 in "),
              line -> assertThat(line).contains("WARN grpc-okhttp 1.71.0 in "));
    }
  }

  private static JobLine silentJob(ForeignClient client, String use, ServerSocket silent) {
    String url = "http://127.0.0.1:" + silent.getLocalPort() + "/v1/messages";
    return client.job(use, Protocol.H2C, url);
  }

  private static void threeClients() {
    ForeignClient app =
        ForeignClient.of(
            "app",
            List.of("ClientsMade", "OkHttpUse", "WebClientUse", "JettyUse"),
            "com.squareup.okhttp3:okhttp:4.12.0",
            "org.springframework:spring-webflux:7.0.9",
            "org.springframework:spring-context:7.0.9",
            "io.projectreactor.netty:reactor-netty-http:1.3.7",
            "org.eclipse.jetty:jetty-client:12.0.16");
    try (ProbeProcess process = start(Map.of())) {
      use(process, app, "ClientsMade", Protocol.H1);
      assertThat(CoverageRows.of(process)).isEmpty();

      use(process, app, "OkHttpUse", Protocol.H1);
      use(process, app, "WebClientUse", Protocol.H1);
      use(process, app, "JettyUse", Protocol.H1);

      assertThat(process.awaitErr(AMISS, 1)).hasSize(1);
      assertThat(CoverageRows.of(process))
          .satisfiesExactlyInAnyOrder(
              row -> assertThat(row).matches("okhttp\t4\\.12\\.0\tURL\\S+\tguarded\t"),
              row -> assertThat(row).matches("reactor-netty\t1\\.3\\.7\tURL\\S+\tguarded\t"),
              row ->
                  assertThat(row)
                      .matches("jetty-client\t12\\.0\\.16\tURL\\S+\tnot guarded\tthere is no .*"));
      assertThat(process.end())
          .filteredOn(line -> line.contains(SUMS))
          .singleElement()
          .asString()
          .contains(" INFO coverage: 2 streams guarded (netty 1, okhttp 1); guarded: ")
          .containsPattern("not guarded: jetty-client 12\\.0\\.16 in \\S+ \\(there is no module");
    }
  }

  private static void limits() {
    ForeignClient web =
        ForeignClient.of(
            "web",
            List.of("OkHttpUse", "WebClientUse"),
            "com.squareup.okhttp3:okhttp:4.12.0",
            "org.springframework:spring-webflux:7.0.9",
            "org.springframework:spring-context:7.0.9",
            "io.projectreactor.netty:reactor-netty-http:1.3.7");
    Map<String, String> settings =
        Map.of("stallguard.connect", "20s", "stallguard.instrumentation.okhttp.enabled", "false");
    try (ProbeProcess process = start(settings)) {
      use(process, web, "WebClientUse", Protocol.H1);
      use(process, web, "OkHttpUse", Protocol.H1);

      process.awaitErr(" is guarded in part: connect does not hold for it", 1);
      process.awaitErr(" is not guarded: switched off by instrumentation.okhttp.enabled=false", 1);
      assertThat(process.end())
          .filteredOn(line -> line.contains("guarded") && !line.contains(SUMS))
          .hasSize(2);
    }
  }

  /** A stream whose reader nobody sees wait is counted as what it is. */
  private static void hiddenReader() {
    ForeignClient jdk = ForeignClient.of("buffering", List.of("BufferingUse"));
    try (ProbeProcess process = start(Map.of())) {
      use(process, jdk, "BufferingUse", Protocol.H1);

      process.awaitErr(" is guarded in part: a reader behind a subscriber that replaces", 1);
      assertThat(CoverageRows.of(process))
          .singleElement()
          .asString()
          .startsWith("java-http-client\t17")
          .contains("\tguarded in part\ta reader behind ");
      assertThat(process.process().out()).contains("COVERED\t0");
      assertThat(process.end())
          .filteredOn(line -> line.contains(SUMS))
          .singleElement()
          .asString()
          .contains("coverage: 0 streams guarded; ");
    }
  }

  /** What is told to be not guarded is not aborted either, and counted nowhere. */
  private static void headOfOthers() {
    ForeignClient vertx =
        ForeignClient.of("vertx-head", List.of("VertxUse"), "io.vertx:vertx-core:4.5.14");
    ForeignClient armeria =
        ForeignClient.of(
            "armeria-head", List.of("ArmeriaUse"), "com.linecorp.armeria:armeria:1.31.3");
    try (ProbeProcess process = start(Map.of("stallguard.head", "1s"))) {
      String late = "stall-headers;resume-ms=3000";
      process.run(vertx.job(server, "VertxUse", Protocol.H1, late));
      process.run(armeria.job(server, "ArmeriaUse", Protocol.H1, late));

      process.awaitErr(AMISS, 2);
      assertThat(CoverageRows.of(process))
          .hasSize(2)
          .allMatch(row -> row.contains("\tnot guarded\t"));
      assertThat(process.process().out()).contains("COVERED\t0");
      assertThat(process.end()).noneMatch(line -> line.contains("stalled"));
    }
  }

  private static void attached() {
    ForeignClient old = okHttp("3.8.1");
    ForeignClient current = okHttp("4.12.0");
    try (ProbeProcess process =
        ProbeProcess.start(
            ProbeProcess.command(Jdks.find().jdk(17), "ForeignProbe", List.of(), server))) {
      use(process, old, "OkHttpUse", Protocol.H1);
      use(process, current, "OkHttpUse", Protocol.H1);
      AttachIT.attach(process, "");
      use(process, old, "OkHttpUse", Protocol.H1);
      use(process, current, "OkHttpUse", Protocol.H1);

      process.awaitErr("WARN okhttp 3.8.1 in ", 1);
      assertThat(CoverageRows.of(process))
          .satisfiesExactlyInAnyOrder(
              row -> assertThat(row).startsWith("java-sockets\t17").endsWith("\t" + BEFORE),
              row -> assertThat(row).startsWith("okhttp\t3.8.1\t").endsWith("; " + BEFORE),
              row -> assertThat(row).startsWith("okhttp\t4.12.0\t").endsWith("\tguarded\t"));
    }
  }

  private static ForeignClient okHttp(String version) {
    return ForeignClient.of(
        "okhttp-" + version, List.of("OkHttpUse"), "com.squareup.okhttp3:okhttp:" + version);
  }

  private static void use(
      ProbeProcess process, ForeignClient client, String use, Protocol protocol) {
    JobLine job = client.job(server, use, protocol);
    int before = process.outcomes(List.of(job)).size();
    assertThat(process.run(before == 0 ? job : job.named(job.id() + "-again")).ending())
        .as(job.id())
        .isEqualTo("END");
  }

  private static ProbeProcess start(Map<String, String> settings) {
    return ProbeProcess.start(Jdks.find().jdk(17), "ForeignProbe", List.of(), server, settings);
  }
}
