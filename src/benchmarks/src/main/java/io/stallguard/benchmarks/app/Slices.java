package io.stallguard.benchmarks.app;

import io.stallguard.benchmarks.AgentUnderTest;
import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Running apps, one for each agent, of which one at a time is asked for a slice of its work. */
final class Slices implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Map<AgentUnderTest, AgentProcess> apps = new HashMap<>();
  private int last;

  /** Starts one. */
  void start(AgentUnderTest agent, JavaCommand command) {
    apps.put(agent, command.start());
  }

  /** What it measured in its next slice. */
  double[] next(AgentUnderTest agent) {
    AgentProcess app = Objects.requireNonNull(apps.get(agent));
    String prefix = Load.PREFIX + ++last + " ";
    app.send(Integer.toString(last));
    String line = app.awaitLine(text -> text.startsWith(prefix), PATIENCE).text();
    String[] numbers = line.substring(prefix.length()).split(" ");
    return Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
  }

  /** Lets them end, which they do well only if all was as it should be. */
  void end() {
    apps.forEach(
        (agent, app) -> {
          app.closeInput();
          if (app.awaitExit(PATIENCE) != 0) {
            throw new IllegalStateException(agent + ": " + app.lines());
          }
        });
  }

  @Override
  public void close() {
    apps.values().forEach(AgentProcess::close);
  }
}
