package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A client whose own module does not guard it: its HTTP/1.1 is left to the sockets below. */
class LeftToSocketsIT {
  private static final String RELEASED =
      "io.stallguard.core.StallTimeoutException: idle limit of 2 s exceeded";
  private static final String BY_SOCKETS = "client java-sockets, ";
  private static final String BY_SOCKETS_ALONE =
      " WARN okhttp is guarded in part, its HTTP/1.1 over blocking sockets and nothing else: ";
  private static final String LATEST = "5.5.1";

  /** After so many errors a module is switched off. */
  private static final int MOST_FAILURES = 10;

  /** Of the same length, so that it may take the other's place in class files. */
  private static final String RETRIES = "RetryAndFollowUpInterceptor";

  private static final String OTHERWISE = "RetryAndFollowOnInterceptor";
  private static final String SERVES = "CallServerInterceptor";
  private static final String SERVES_OTHERWISE = "CallServerIntercepted";

  @TempDir private static Path folder;

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
  Stream<DynamicTest> areReleased() {
    return SideBySide.of(
        dynamicTest("below the floor", LeftToSocketsIT::belowTheFloor),
        dynamicTest("told nowhere", LeftToSocketsIT::toldNowhere),
        dynamicTest("told in a file", LeftToSocketsIT::toldInFile),
        dynamicTest("a release to come", LeftToSocketsIT::releaseToCome),
        dynamicTest("after errors", LeftToSocketsIT::afterErrors));
  }

  /** OkHttp before 3.9: a chain does not tell its call, so nothing could be cancelled. */
  private static void belowTheFloor() {
    List<Path> old = ClassPaths.resolve("com.squareup.okhttp3:okhttp:3.8.1");
    try (ProbeProcess process = start("CopiesProbe", List.of(), ProbeProcess.agent())) {
      isReleased(process, copy("clear", old, Protocol.H1));
      isReleased(process, copy("tls", old, Protocol.TLS_H1));

      assertThat(process.awaitErr(BY_SOCKETS, 2)).hasSize(2);
      assertThat(process.end())
          .anyMatch(line -> line.contains(BY_SOCKETS_ALONE))
          .noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void toldNowhere() {
    try (ProbeProcess process = useOld(Map.of("stallguard.log.level", "off"))) {
      assertThat(process.end()).isEmpty();
    }
  }

  private static void toldInFile() throws IOException {
    Path file = folder.resolve("stallguard.log");
    try (ProbeProcess process = useOld(Map.of("stallguard.log.file", file.toString()))) {
      assertThat(process.end()).isEmpty();
    }
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> line.contains("okhttp is guarded in part"))
        .singleElement()
        .asString()
        .contains("missing member okhttp3/Interceptor$Chain#call()");
  }

  private static ProbeProcess useOld(Map<String, String> settings) {
    ProbeProcess process =
        ProbeProcess.start(Jdks.find().jdk(17), "CopiesProbe", List.of(), server, settings);
    List<Path> old = ClassPaths.resolve("com.squareup.okhttp3:okhttp:3.8.1");
    assertThat(process.run(copy("use", old, Protocol.H1, "/echo")).ending()).isEqualTo("END");
    return process;
  }

  /** Nobody knows it yet: what the module looks for has another name. */
  private static void releaseToCome() throws IOException {
    List<Path> classPath = new ArrayList<>();
    for (Path jar : okHttp()) {
      classPath.add(jar.getFileName().toString().startsWith("okhttp-jvm") ? toCome(jar) : jar);
    }
    try (ProbeProcess process = start("OkHttpProbe", classPath, ProbeProcess.agent())) {
      isReleased(process, stall("byte-stream", Protocol.H1));
      isReleased(process, stall("sse", Protocol.TLS_H1));

      assertThat(process.awaitErr(BY_SOCKETS, 2)).hasSize(2);
    }
  }

  private static Path toCome(Path jar) throws IOException {
    Path changed = folder.resolve("okhttp-to-come.jar");
    Jars.copy(jar, changed, LeftToSocketsIT::renamed, LeftToSocketsIT::renamed);
    return changed;
  }

  private static byte[] renamed(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return renamed(text).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String renamed(String text) {
    return text.replace(RETRIES, OTHERWISE).replace(SERVES, SERVES_OTHERWISE);
  }

  /** Each exchange fails in the module, over a connection that is kept. */
  private static void afterErrors() throws IOException {
    String missing = "inst/io/stallguard/instrumentation/okhttp/helpers/CallAbort.classdata";
    Path jar = folder.resolve("errors.jar");
    Jars.copyWithout(missing, ProbeProcess.agent(), jar);
    try (ProbeProcess process = start("OkHttpProbe", okHttp(), jar)) {
      for (int i = 0; i < MOST_FAILURES; i++) {
        JobLine job = JobLine.named(server, "ok-" + i, "blocking", Protocol.H1, Scenario.OK, "");
        assertThat(process.run(job).ending()).isEqualTo("END");
      }
      process.awaitErr(BY_SOCKETS_ALONE + "it failed 10 times", 1);

      isReleased(process, stall("blocking", Protocol.H1));

      assertThat(process.awaitErr(BY_SOCKETS, 1)).hasSize(1);
    }
  }

  private static void isReleased(ProbeProcess process, JobLine job) {
    assertThat(process.run(job).ending()).contains(RELEASED);
  }

  private static JobLine stall(String form, Protocol protocol) {
    return JobLine.of(server, form, protocol, Scenario.STALL_MID, "");
  }

  private static JobLine copy(String id, List<Path> client, Protocol protocol) {
    String path = "/scenario/stall-mid;run=" + id + "/v1/messages";
    return copy(id, client, protocol, path);
  }

  private static JobLine copy(String id, List<Path> client, Protocol protocol, String path) {
    String classPath =
        Stream.concat(client.stream(), Stream.of(ProbeProcess.probes()))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return JobLine.plain(server, id, "use:" + classPath, protocol, "GET", path);
  }

  private static List<Path> okHttp() {
    return ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + LATEST);
  }

  private static ProbeProcess start(String probe, List<Path> classPath, Path agent) {
    var command = ProbeProcess.command(Jdks.find().jdk(17), probe, classPath, server).agent(agent);
    Map.of("stallguard.idle", "2s", "stallguard.first-byte", "2s").forEach(command::property);
    return ProbeProcess.start(command);
  }
}
