package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Another agent stands before ours on the command line, and has streams open when ours begins. */
class StreamsBeforeIT {
  private static final String HANGS = " hangs in a body of ";

  @TestFactory
  Stream<DynamicTest> namesWhoHangsInThem(@TempDir Path folder) {
    List<Jdk> jdks = Jdks.find().all();
    Jdk newest = jdks.get(jdks.size() - 1);
    return SideBySide.of(
        test(ClientSet.onJava8(), jdks.get(0), folder),
        test(ClientSet.blockingAndApache(), newest, folder));
  }

  private static DynamicTest test(ClientSet clients, Jdk jdk, Path folder) {
    String name = "on JDK " + jdk.feature();
    return dynamicTest(name, () -> named(clients.thatHangInBodies(), jdk, folder.resolve(name)));
  }

  private static void named(ClientSet clients, Jdk jdk, Path folder) throws IOException {
    try (StallServer server = StallServer.start();
        ProbeProcess process = ProbeProcess.start(command(clients, jdk, folder, server))) {
      List<JobLine> later =
          clients.only("HttpUrlConnectionProbe").jobs(server, "later", Scenario.STALL_MID);
      assertThat(process.run(later).values())
          .allMatch(outcome -> outcome.ending().contains("idle limit of 2 s exceeded"));

      int count = clients.forms().size();
      assertThat(process.awaitErr(HANGS, count))
          .hasSize(count)
          .allMatch(line -> line.contains("thread \"early\"") && line.contains("before the agent"));
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static JavaCommand command(ClientSet clients, Jdk jdk, Path folder, StallServer server)
      throws IOException {
    Files.createDirectories(folder);
    Path agent = folder.resolve("other-agent.jar");
    Attributes attributes = new Attributes();
    attributes.putValue("Premain-Class", "io.stallguard.probes.StreamingAgent");
    Jars.ofFolder(ProbeProcess.probes(), agent, attributes);
    Path jobs = folder.resolve("jobs.txt");
    List<JobLine> early = clients.jobs(server, "early", Scenario.STALL_MID);
    Files.write(jobs, early.stream().map(JobLine::text).toList());
    return ProbeProcess.command(jdk, "EveryProbe", clients.classPath(), server)
        .agent(agent, jobs.toString())
        .agent(ProbeProcess.agent(), "idle=2s,first-byte=2s");
  }
}
