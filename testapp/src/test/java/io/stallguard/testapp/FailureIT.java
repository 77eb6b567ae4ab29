package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever breaks in the agent, the app goes on, and one line tells what is not guarded. */
class FailureIT {
  private static final String URL_CONNECTION = "HttpUrlConnectionProbe";
  private static final String BANNER = "[stallguard] stallguard ";
  private static final String RETRIES = "okhttp3.internal.http.RetryAndFollowUpInterceptor";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
  Stream<DynamicTest> leavesTheAppRunning() {
    return SideBySide.of(
        dynamicTest("a hook that throws", () -> brokenHook("throwing")),
        dynamicTest("a hook that returns another type", () -> brokenHook("wrong-type")),
        dynamicTest("a client without the method", FailureIT::missingMethod),
        dynamicTest("a client without a member of the helpers", FailureIT::missingMember),
        dynamicTest(
            "a jar without the core",
            () ->
                damaged(
                    "inst/io/stallguard/core/Engine.classdata",
                    "[stallguard] not started, the app runs unprotected: ")),
        dynamicTest(
            "a jar without a helper",
            () ->
                damaged(
                    "inst/io/stallguard/instrumentation/httpurlconnection/helpers/"
                        + "GuardedUrlConnection.classdata",
                    " http-url-connection is guarded in part, its HTTP/1.1 over blocking sockets and"
                        + " nothing else: JDK ")),
        dynamicTest("standard error that takes nothing", FailureIT::fullStandardError),
        dynamicTest("copies in class loaders", FailureIT::copies));
  }

  private static void brokenHook(String form) {
    JobLine job = JobLine.of(server, form, Protocol.H1, Scenario.OK, "");
    try (ProbeProcess process =
        ProbeProcess.start(jdk(), "BrokenHookProbe", okHttp("3.11.0"), server, Map.of())) {
      Outcome outcome = process.run(job);

      assertThat(outcome.ending()).isEqualTo("END");
      assertThat(outcome.bytes()).isEqualTo(2L * JobLine.body(Scenario.OK, "").length);
      assertThat(process.end()).singleElement().asString().startsWith(BANNER);
    }
  }

  /** A class of that name which is not OkHttp's. */
  private static void missingMethod() throws IOException {
    Path classes =
        compiled(
            "stub",
            "package okhttp3.internal.http; public class RetryAndFollowUpInterceptor {}",
            """
        public class StubApp {
          public static void main(String[] arguments) {
            System.out.println(
                "made "
                    + new okhttp3.internal.http.RetryAndFollowUpInterceptor().getClass().getName());
          }
        }
        """);
    try (AgentProcess app =
        AgentProcess.java(jdk())
            .agent(ProbeProcess.agent())
            .classPath(classes)
            .mainClass("StubApp")
            .start()) {
      assertThat(app.awaitExit(PATIENCE)).isZero();
      assertThat(app.out()).containsExactly("made " + RETRIES);
      assertThat(app.err()).hasSize(2);
      assertThat(app.err())
          .last()
          .asString()
          .startsWith("[stallguard] ")
          .endsWith(
              " WARN okhttp is guarded in part, its HTTP/1.1 over blocking sockets and nothing"
                  + " else: "
                  + RETRIES
                  + " from "
                  + classes.toUri().toString().replace("file:///", "file:/")
                  + ": there is no intercept(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;");
    }
  }

  /** OkHttp before 3.9: a chain does not tell its call, so nothing could be cancelled. */
  private static void missingMember() {
    List<Path> old = ClassPaths.resolve("com.squareup.okhttp3:okhttp:3.8.1");
    try (ProbeProcess process = copies(Map.of())) {
      Outcome outcome = process.run(copy("old", "use", old, "/echo"));
      List<String> err = process.end();

      assertThat(outcome.ending()).isEqualTo("END");
      assertThat(err).filteredOn(line -> !line.contains(" coverage: ")).hasSize(2);
      assertThat(err)
          .last()
          .asString()
          .contains("guarded in part: okhttp 3.8.1 in ")
          .contains("the module okhttp does not know this version; its HTTP/1.1 over blocking");
      assertThat(err.get(1))
          .startsWith("[stallguard] ")
          .contains(" WARN okhttp is guarded in part, its HTTP/1.1 over blocking sockets and")
          .endsWith(
              "okhttp-3.8.1.jar: missing member okhttp3/Interceptor$Chain#call()Lokhttp3/Call;");
    }
  }

  private static void damaged(String missing, String line) throws IOException {
    Path jar = Files.createTempFile(folder, "damaged", ".jar");
    Jars.copyWithout(missing, ProbeProcess.agent(), jar);
    JavaCommand command = ProbeProcess.command(jdk(), URL_CONNECTION, List.of(), server).agent(jar);
    try (ProbeProcess process = ProbeProcess.start(command)) {
      Outcome outcome = process.run(job(Scenario.OK));

      assertThat(outcome.ending()).isEqualTo("END");
      assertThat(process.end())
          .filteredOn(text -> !text.startsWith(BANNER) && !text.contains(" coverage: "))
          .singleElement()
          .asString()
          .contains(line)
          .contains(missing.replaceFirst(".*/(\\w+)\\.classdata", "$1"));
    }
  }

  private static void fullStandardError() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "a file that takes nothing");
    JavaCommand command =
        ProbeProcess.command(jdk(), URL_CONNECTION, List.of(), server)
            .agent(ProbeProcess.agent())
            .property("stallguard.idle", "2s")
            .property("stallguard.first-byte", "2s");
    Process process = new ProcessBuilder(command.line()).redirectError(full).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      OutputStream in = process.getOutputStream();
      assertThat(out.readLine()).isEqualTo("READY");
      in.write((job(Scenario.STALL_MID).text() + "\n").getBytes(UTF_8));
      in.flush();
      assertThat(out.readLine()).contains("StallTimeoutException: idle limit of 2 s exceeded");
      in.write((job(Scenario.OK).text() + "\n").getBytes(UTF_8));
      in.flush();
      assertThat(out.readLine()).endsWith("\tEND");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void copies() {
    String stall = "/scenario/stall-mid;run=%s/v1/messages";
    JobLine floor = copy("floor", "use", okHttp("3.11.0"), stall.formatted("floor"));
    JobLine latest = copy("latest", "use", okHttp("5.5.1"), stall.formatted("latest"));
    JobLine dropped = copy("dropped", "drop", okHttp("3.11.0"), "/echo");
    JobLine droppedLatest = copy("dropped-latest", "drop", okHttp("5.5.1"), "/echo");
    try (ProbeProcess process = copies(Map.of("stallguard.idle", "2s"))) {
      Map<String, Outcome> outcomes = process.run(List.of(floor, latest, dropped, droppedLatest));

      assertThat(outcomes.get("floor").ending()).contains("idle limit of 2 s exceeded");
      assertThat(outcomes.get("latest").ending()).contains("idle limit of 2 s exceeded");
      assertThat(outcomes.get("dropped").ending()).isEqualTo("END");
      assertThat(outcomes.get("dropped-latest").ending()).isEqualTo("END");
      assertThat(process.awaitErr("stream stalled, aborted", 2)).hasSize(2);
    }
  }

  private static ProbeProcess copies(Map<String, String> properties) {
    return ProbeProcess.start(jdk(), "CopiesProbe", List.of(), server, properties);
  }

  private static JobLine copy(String id, String verb, List<Path> client, String path) {
    String classPath =
        Stream.concat(client.stream(), Stream.of(ProbeProcess.probes()))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return JobLine.plain(server, id, verb + ":" + classPath, Protocol.H1, "GET", path);
  }

  private static List<Path> okHttp(String version) {
    return ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + version);
  }

  private static JobLine job(Scenario scenario) {
    return JobLine.of(server, "stream", Protocol.H1, scenario, "");
  }

  private static Jdk jdk() {
    return Jdks.find().jdk(17);
  }

  private static Path compiled(String name, String client, String app) throws IOException {
    Path sources = Files.createDirectories(folder.resolve(name + "-sources/client"));
    Path classes = Files.createDirectories(folder.resolve(name));
    Path clientFile =
        Files.writeString(sources.resolve("RetryAndFollowUpInterceptor.java"), client);
    Path appFile = Files.writeString(sources.resolveSibling("StubApp.java"), app);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                clientFile.toString(),
                appFile.toString());
    assertThat(result).isZero();
    return classes;
  }
}
