package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The agent's jar is overwritten while the app runs: whoever was guarded stays guarded. */
class OverwrittenJarIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OVERWRITTEN = "the agent's jar was overwritten while the app runs: ";
  private static final String NOT_GUARDED = " okhttp is guarded in part, ";

  /** Not used before the jar is overwritten. */
  private static final String LATE = "OkHttpProbe";

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
  Stream<DynamicTest> staysGuarded() {
    Jdk jdk = Jdks.find().jdk(17);
    Stream<DynamicTest> tests =
        Stream.of(
            dynamicTest("by other bytes", () -> bytes(ClientSet.blockingAndApache(), jdk)),
            dynamicTest("by another jar", () -> anotherJar(ClientSet.reactorNetty(), jdk)),
            dynamicTest("by a rename", () -> renamed(ClientSet.urlConnectionAndOkHttp(), jdk)));
    return SideBySide.allOf(Stream.concat(tests, java8().map(OverwrittenJarIT::cutOff)).toList());
  }

  /**
   * JDK 8 has the jar's directory mapped into memory: a look-up in what is cut off ends the JVM.
   */
  private static DynamicTest cutOff(Jdk java8) {
    return dynamicTest(
        "by nothing, JDK 8", () -> overwritten(ClientSet.onJava8(), java8, new byte[0]));
  }

  private static Stream<Jdk> java8() {
    return Jdks.find().all().stream().filter(jdk -> jdk.feature() == 8);
  }

  /** Overwrites the jar with as many bytes as it had. */
  private static void bytes(ClientSet fleet, Jdk jdk) throws IOException {
    byte[] garbage = new byte[(int) Files.size(ProbeProcess.agent())];
    new Random(1).nextBytes(garbage);
    overwritten(fleet, jdk, garbage);
  }

  /** Overwrites the jar with a jar that has its classes in other places. */
  private static void anotherJar(ClientSet fleet, Jdk jdk) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarFile jar = new JarFile(ProbeProcess.agent().toFile());
        JarOutputStream out = new JarOutputStream(bytes)) {
      out.setLevel(9);
      for (JarEntry entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
        out.putNextEntry(new JarEntry(entry.getName()));
        jar.getInputStream(entry).transferTo(out);
      }
    }
    overwritten(fleet, jdk, bytes.toByteArray());
  }

  private static void overwritten(ClientSet fleet, Jdk jdk, byte[] content) throws IOException {
    Path jar = copy();
    try (ProbeProcess process = start(fleet, jdk, jar)) {
      List<JobLine> stalling = useAndOpen(process, fleet.without(LATE), jar);

      // In place, as cp does it: the file stays the same, and its content is another.
      Files.write(jar, content);

      List<JobLine> later = fleet.without(LATE).jobs(server, run(jar, "later"), Scenario.STALL_MID);
      later.forEach(process::send);
      released(process, stalling);
      released(process, later);
      process.awaitErr(OVERWRITTEN, 1);
      unguarded(process, fleet.only(LATE), jar);
      List<String> err = process.end();
      assertThat(err).filteredOn(line -> line.contains(OVERWRITTEN)).hasSize(1);
      assertThat(err).noneMatch(line -> line.contains("internal error"));
    }
  }

  /** The app's answers are whole; of what is not guarded one line tells. */
  private static void unguarded(ProbeProcess process, ClientSet late, Path jar) {
    List<JobLine> jobs = late.jobs(server, run(jar, "late"), Scenario.OK);
    Map<String, Outcome> outcomes = process.run(jobs);

    assertThat(outcomes.values()).allMatch(Outcome::ended);
    if (!jobs.isEmpty()) {
      process.awaitErr(NOT_GUARDED, 1);
    }
    assertThat(process.err())
        .filteredOn(line -> line.contains(NOT_GUARDED))
        .hasSize(jobs.isEmpty() ? 0 : 1);
  }

  /** The old file is there for whoever has it open, as nothing had happened. */
  private static void renamed(ClientSet fleet, Jdk jdk) throws IOException {
    Path jar = copy();
    try (ProbeProcess process = start(fleet, jdk, jar)) {
      List<JobLine> stalling = useAndOpen(process, fleet.without(LATE), jar);

      Path other = Files.write(Files.createTempFile(folder, "other", ".jar"), new byte[100]);
      Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);

      List<JobLine> late = fleet.only(LATE).jobs(server, run(jar, "late"), Scenario.STALL_MID);
      late.forEach(process::send);
      released(process, stalling);
      released(process, late);
      assertThat(process.end())
          .noneMatch(line -> line.contains(OVERWRITTEN) || line.contains(NOT_GUARDED));
    }
  }

  private static Path copy() throws IOException {
    Path jar = Files.createTempFile(folder, "agent", ".jar");
    return Files.write(jar, Files.readAllBytes(ProbeProcess.agent()));
  }

  private static ProbeProcess start(ClientSet fleet, Jdk jdk, Path jar) {
    return ProbeProcess.start(
        ProbeProcess.command(jdk, "EveryProbe", fleet.classPath(), server)
            .agent(jar)
            .property("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"));
  }

  /** Uses each client once, and gives the streams that are open then. */
  private static List<JobLine> useAndOpen(ProbeProcess process, ClientSet fleet, Path jar) {
    Map<String, Outcome> used = process.run(fleet.jobs(server, run(jar, "used"), Scenario.OK));
    assertThat(used.values()).allMatch(Outcome::ended);
    process.run(JobLine.plain(server, run(jar, "settled"), "settled", Protocol.H1, "GET", "/"));
    List<JobLine> stalling = fleet.jobs(server, run(jar, "open"), Scenario.STALL_MID);
    stalling.forEach(process::send);
    String mark = "run=" + run(jar, "open");
    server.awaitExchanges(
        stalling.size(),
        exchange -> exchange.path().contains(mark) && exchange.bytesSent() > 0,
        PATIENCE);
    return stalling;
  }

  private static void released(ProbeProcess process, List<JobLine> jobs) {
    for (JobLine job : jobs) {
      assertThat(process.await(job).ending())
          .as(job.id())
          .contains("idle limit of " + ClientRun.LIMIT_MILLIS / 1000 + " s exceeded: no byte for ");
    }
    for (JobLine job : jobs) {
      process.awaitErr("run=" + job.id() + "/", 1);
    }
  }

  private static String run(Path jar, String wave) {
    return jar.getFileName().toString().replaceAll("\\W", "") + "-" + wave;
  }
}
