package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The jar attached to a JVM that has used its client before: loaded classes get their advice. */
class AttachIT {
  private static final int FIRST_WITH_HTTP_CLIENT = 11;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String URL_CONNECTION = "HttpUrlConnectionProbe";
  private static final String HTTP_CLIENT = "JavaHttpClientProbe";

  @TestFactory
  Stream<DynamicTest> guardsWhatWasLoadedBefore() {
    return SideBySide.of(tests().toList());
  }

  private static Stream<DynamicTest> tests() {
    return Stream.concat(
        Jdks.find().all().stream().flatMap(AttachIT::ofTheJdk),
        Stream.of(
            okHttp(System.getProperty("okhttp.floor")),
            okHttp("5.5.1"),
            dynamicTest("again", AttachIT::again),
            dynamicTest("by jcmd", AttachIT::byJcmd)));
  }

  /** Who attaches to a JVM that has the agent changes its settings, or is told that it cannot. */
  private static void again() {
    Jdk jdk = Jdks.find().jdk(17);
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(ProbeProcess.command(jdk, URL_CONNECTION, List.of(), server))) {
      attach(process, "idle=60s");
      process.awaitErr("idle=60 s (agent argument)", 1);

      attach(process, "idle=2s,first-byte=2s");
      process.awaitErr("settings changed (attach): ", 1);
      assertThatThrownBy(() -> attach(process, "idle=50s,idel=3s"))
          .hasMessageContaining("agent failed to initialize");
      Outcome outcome =
          process.run(JobLine.of(server, "stream", Protocol.H1, Scenario.STALL_MID, ""));

      assertThat(outcome.ending()).contains("idle limit of 2 s exceeded");
      assertThat(process.err())
          .anyMatch(line -> line.contains("nothing is changed: ") && line.contains("idel"))
          .noneMatch(line -> line.contains("internal error"));
    }
  }

  /**
   * The tool jcmd takes what looks like a setting for its own, unless that is quoted for it too.
   */
  private static void byJcmd() throws Exception {
    Jdk jdk = Jdks.find().jdk(17);
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(ProbeProcess.command(jdk, URL_CONNECTION, List.of(), server))) {
      jcmd(jdk, process, "idle=2s");
      process.awaitErr("the argument has a name and no value", 1);
      assertThat(process.err()).noneMatch(line -> line.startsWith("[stallguard]"));

      jcmd(jdk, process, "\"idle=2s\"");
      process.awaitErr("idle=2 s (agent argument)", 1);
    }
  }

  private static void jcmd(Jdk jdk, ProbeProcess process, String argument) throws Exception {
    String launcher = jdk.java().resolveSibling("jcmd").toString();
    String pid = Long.toString(process.process().pid());
    String agent = ProbeProcess.agent().toString();
    Process jcmd =
        new ProcessBuilder(launcher, pid, "JVMTI.agent_load", agent, argument)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(jcmd.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static Stream<DynamicTest> ofTheJdk(Jdk jdk) {
    return jdk.feature() < FIRST_WITH_HTTP_CLIENT
        ? Stream.of(test(jdk, URL_CONNECTION, "stream"))
        : Stream.of(
            test(jdk, URL_CONNECTION, "stream"),
            test(jdk, HTTP_CLIENT, "input-stream"),
            test(jdk, HTTP_CLIENT, "string"));
  }

  private static DynamicTest test(Jdk jdk, String probe, String form) {
    return dynamicTest(
        probe + " " + form + " on JDK " + jdk.feature(), () -> attach(jdk, probe, List.of(), form));
  }

  /** The probe's clients are there before the agent. */
  private static DynamicTest okHttp(String version) {
    return dynamicTest(
        "OkHttp " + version,
        () ->
            attach(
                Jdks.find().jdk(17),
                "OkHttpProbe",
                ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + version),
                "blocking"));
  }

  private static void attach(Jdk jdk, String probe, List<Path> classPath, String form) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(ProbeProcess.command(jdk, probe, classPath, server))) {
      process.run(JobLine.named(server, "before", form, Protocol.H1, Scenario.OK, ""));

      attach(process, "idle=2s,first-byte=2s");
      process.process().awaitLine(line -> line.contains("idle=2 s (agent argument)"), PATIENCE);
      Outcome outcome = process.run(JobLine.of(server, form, Protocol.H1, Scenario.STALL_MID, ""));

      assertThat(outcome.ending()).contains("idle limit of 2 s exceeded");
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  static void attach(ProbeProcess process, String arguments) {
    try {
      ByteBuddyAgent.attach(
          ProbeProcess.agent().toFile(), Long.toString(process.process().pid()), arguments);
    } catch (IllegalStateException e) {
      // JDK 8 answers 0 for success, where later ones that attach to it expect more words.
      assertThat(e).hasRootCauseMessage("0");
    }
  }
}
