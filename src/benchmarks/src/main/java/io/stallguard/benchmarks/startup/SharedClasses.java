package io.stallguard.benchmarks.startup;

import io.stallguard.benchmarks.AgentUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How many classes still come from an archive of class data sharing that the app was given. */
final class SharedClasses {
  private static final String SHARED = "source: shared objects file";

  private SharedClasses() {}

  /** The archive is made without an agent, as the app's own build would. */
  static void print(Path archive, List<AgentUnderTest> agents, Function<AgentUnderTest, Launch> app)
      throws IOException, InterruptedException {
    AgentUnderTest none =
        new AgentUnderTest(AgentUnderTest.NONE, List.of("-XX:ArchiveClassesAtExit=" + archive));
    app.apply(none).millis();
    System.out.printf("%n%-40s %9s %9s%n", "with AppCDS", "shared", "ratio");
    double base = 0;
    for (AgentUnderTest agent : agents) {
      long shared = shared(archive, agent, app);
      base = base == 0 ? shared : base;
      System.out.printf(Locale.ROOT, "%-40s %9d %9.3f%n", agent.name(), shared, shared / base);
    }
  }

  private static long shared(
      Path archive, AgentUnderTest agent, Function<AgentUnderTest, Launch> app)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(agent.options());
    options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load"));
    Launch launch = app.apply(new AgentUnderTest(agent.name(), options));
    launch.millis();
    return launch.output().stream().filter(line -> line.contains(SHARED)).count();
  }
}
