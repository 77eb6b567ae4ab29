package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A copy of a client whose packages were renamed is known to no module: it is told, and guarded as
 * far as its sockets are.
 */
class RenamedClientIT {
  private static final String BELOW = "com/acme/shaded/";
  private static final String SHADED = "its packages were renamed (below com.acme.shaded)";
  private static final String NO_NAME = "; no module knows it by that name";
  private static final String NOT = " is not guarded: ";
  private static final String HTTP_1 =
      "; its HTTP/1.1 over blocking sockets is guarded there, and nothing else";
  private static final String RELEASED =
      "io.stallguard.core.StallTimeoutException: idle limit of 2 s exceeded";
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
        dynamicTest("Reactor Netty with its Netty", RenamedClientIT::reactorNetty),
        dynamicTest("own code on Netty", RenamedClientIT::ownCode),
        dynamicTest("Netty below a client of its own name", RenamedClientIT::nettyAlone),
        dynamicTest("clients over blocking sockets", RenamedClientIT::blocking));
  }

  private static void reactorNetty() {
    ForeignClient web =
        ForeignClient.of(
                "web-to-rename",
                List.of("WebClientUse"),
                "org.springframework:spring-webflux:7.0.9",
                "org.springframework:spring-context:7.0.9",
                "io.projectreactor.netty:reactor-netty-http:1.3.7")
            .renamed(new Renaming(BELOW, "reactor/netty/", "io/netty/"));
    try (ProbeProcess process = app()) {
      use(process, web, "WebClientUse");

      String line = process.awaitErr(SHADED, 1).get(0);
      assertThat(line).contains("WARN reactor-netty 1.3.7 in ").endsWith(NOT + SHADED + NO_NAME);
      assertThat(CoverageRows.of(process))
          .singleElement()
          .asString()
          .startsWith("reactor-netty\t1.3.7\t")
          .endsWith("\tnot guarded\t" + SHADED + NO_NAME);
      assertThat(process.process().out()).contains("COVERED\t0");
      isToldOnce(process, "not guarded: reactor-netty 1.3.7 in ");
    }
  }

  private static void isToldOnce(ProbeProcess process, String sum) {
    List<String> err = process.end();
    assertThat(err).filteredOn(line -> line.contains(" WARN ")).hasSize(1);
    assertThat(err)
        .filteredOn(line -> line.contains(SUMS))
        .singleElement()
        .asString()
        .contains(SUMS + "0 streams guarded; " + sum);
  }

  private static void ownCode() {
    ForeignClient own =
        ForeignClient.of(
                "netty-to-rename", List.of("NettyUse"), "io.netty:netty-codec-http:4.1.118.Final")
            .renamed(new Renaming(BELOW, "io/netty/"));
    try (ProbeProcess process = app()) {
      use(process, own, "NettyUse");

      assertThat(process.awaitErr(SHADED, 1).get(0))
          .contains("WARN netty 4.1.118.Final in ")
          .endsWith(NOT + SHADED + NO_NAME);
      isToldOnce(process, "not guarded: netty 4.1.118.Final in ");
    }
  }

  /** Only Netty is renamed, as in the bundle of the AWS SDK. */
  private static void nettyAlone() {
    ForeignClient aws =
        ForeignClient.of(
                "aws-to-rename",
                List.of("AwsNettyUse", "AwsRequest"),
                "software.amazon.awssdk:netty-nio-client:2.20.0")
            .renamed(new Renaming("software/amazon/awssdk/thirdparty/", "io/netty/"));
    String reason =
        "the packages of its Netty were renamed (below software.amazon.awssdk.thirdparty)";
    try (ProbeProcess process = app()) {
      use(process, aws, "AwsNettyUse");

      assertThat(process.awaitErr(reason, 1).get(0))
          .contains("WARN aws-netty 2.20.0 in ")
          .endsWith(NOT + reason + NO_NAME);
      isToldOnce(process, "not guarded: aws-netty 2.20.0 in ");
    }
  }

  private static void blocking() {
    ForeignClient okHttp =
        ForeignClient.of(
                "okhttp-to-rename", List.of("OkHttpUse"), "com.squareup.okhttp3:okhttp:4.12.0")
            .renamed(new Renaming(BELOW, "okhttp3/", "okio/"));
    ForeignClient apache =
        ForeignClient.of(
                "apache-to-rename",
                List.of("Apache5Use"),
                "org.apache.httpcomponents.client5:httpclient5:5.4.4")
            .renamed(new Renaming(BELOW, "org/apache/hc/"));
    try (ProbeProcess process = app()) {
      isReleased(process, okHttp, "OkHttpUse");
      isReleased(process, apache, "Apache5Use");

      assertThat(process.awaitErr("client java-sockets, ", 2)).hasSize(2);
      assertThat(CoverageRows.of(process))
          .satisfiesExactlyInAnyOrder(
              row -> assertThat(row).startsWith("java-sockets\t17"),
              row ->
                  assertThat(row)
                      .startsWith("okhttp\t4.12.0\t")
                      .endsWith("\tguarded in part\t" + SHADED + HTTP_1),
              row ->
                  assertThat(row)
                      .startsWith("apache-httpclient-5\t5.4.4\t")
                      .endsWith("\tguarded\t" + SHADED));
      assertThat(process.end())
          .filteredOn(line -> line.contains(SHADED) && !line.contains(SUMS))
          .singleElement()
          .asString()
          .contains("WARN okhttp 4.12.0 in ")
          .endsWith(" is guarded in part: " + SHADED + HTTP_1);
    }
  }

  private static void use(ProbeProcess process, ForeignClient client, String use) {
    JobLine job = client.job(server, use, Protocol.H1);
    assertThat(process.run(job).ending()).as(job.id()).isEqualTo("END");
  }

  private static void isReleased(ProbeProcess process, ForeignClient client, String use) {
    JobLine job = client.job(server, use, Protocol.H1, "stall-mid");
    assertThat(process.run(job).ending()).as(job.id()).contains(RELEASED);
  }

  private static ProbeProcess app() {
    return ProbeProcess.start(
        Jdks.find().jdk(17),
        "ForeignProbe",
        List.of(),
        server,
        Map.of("stallguard.idle", "2s", "stallguard.first-byte", "2s"));
  }
}
