package io.stallguard.testapp;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.StallServerMain;
import io.stallguard.testing.server.TrustStore;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A server in a process of its own, which may be stopped, or live in another network. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String END = "exchanges ";

  private final AgentProcess process;
  private int asked;

  private ServerProcess(AgentProcess process) {
    this.process = process;
  }

  static ServerProcess start(UnaryOperator<JavaCommand> more, String... arguments) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    JavaCommand command =
        AgentProcess.java()
            .jvmOptions("-Xmx512m")
            .classPath(classPath)
            .mainClass(StallServerMain.class.getName(), arguments);
    return new ServerProcess(more.apply(command).start());
  }

  long pid() {
    return process.pid();
  }

  URI base(Port port) {
    return URI.create(value(port.name().toLowerCase(Locale.ROOT)));
  }

  TrustStore trustStore() {
    return new TrustStore(Path.of(value("trust-store")), value("trust-store-password"));
  }

  private String value(String name) {
    String begin = name + "=";
    return process
        .awaitLine(line -> line.startsWith(begin), PATIENCE)
        .text()
        .substring(begin.length());
  }

  /** What became of each exchange so far, a line each. */
  List<String> exchanges() {
    String end = END + asked++;
    int before = process.out().size();
    process.send(end);
    process.awaitLine(end::equals, PATIENCE);
    List<String> all = process.out();
    return all.subList(before, all.indexOf(end));
  }

  /** Waits until so many of them are as wanted. */
  void await(int count, Predicate<String> wanted) {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    List<String> all = exchanges();
    while (all.stream().filter(wanted).count() < count) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new AssertionError(
            "expected %d others among %s".formatted(count, others(all, wanted)));
      }
      Commands.pauseMillis(200);
      all = exchanges();
    }
  }

  private static String others(List<String> all, Predicate<String> wanted) {
    return all.stream().filter(wanted.negate()).collect(Collectors.joining("\n  ", "\n  ", ""));
  }

  @Override
  public void close() {
    process.close();
  }
}
