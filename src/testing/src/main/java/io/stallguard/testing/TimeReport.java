package io.stallguard.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A table of where the time of a build went: the ten slowest modules, build steps, suites and JVM
 * starts, and the sum of waiting against the sum of work. {@code scripts/test} prints it last.
 *
 * <p>Read from what the build leaves: Maven's output with a time before each line, the reports of
 * surefire and failsafe, and {@link JvmTime#FILE} of each module.
 */
public final class TimeReport {
  private static final int SLOWEST = 10;

  private static final Pattern STEP =
      Pattern.compile("([0-9.]+) \\[INFO] --- ([\\w.-]+):[^:]+:(\\S+) \\((\\S+)\\) @ (\\S+) ---");
  private static final Pattern SUITE =
      Pattern.compile("<testsuite [^>]*?name=\"([^\"]+)\" time=\"([^\"]+)\" tests=\"(\\d+)\"");

  private final Path root;
  private final List<String> lines = new ArrayList<>();

  private TimeReport(Path root) {
    this.root = root;
  }

  /**
   * Prints the table.
   *
   * @param arguments the folder of the build, Maven's output with times in seconds, the seconds
   *     that it took, and the seconds that processors worked for it
   */
  public static void main(String[] arguments) throws IOException {
    double wall = Double.parseDouble(arguments[2]);
    double work = Double.parseDouble(arguments[3]);
    new TimeReport(Path.of(arguments[0]))
        .report(Files.readAllLines(Path.of(arguments[1]), UTF_8), wall, work)
        .forEach(System.out::println);
  }

  static List<String> report(Path root, List<String> log, double wall, double work)
      throws IOException {
    return new TimeReport(root).report(log, wall, work);
  }

  private List<String> report(List<String> log, double wall, double work) throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    lines.add(
        format(
            "TIME  %.0f s on %d processors: %.0f s of work, %.0f s of waiting",
            wall, processors, work, wall * processors - work));
    steps(log);
    suites();
    jvms();
    return lines;
  }

  /** A step ends where the next of its module begins; the last one of each does next to nothing. */
  private void steps(List<String> log) {
    Map<String, Double> steps = new LinkedHashMap<>();
    Map<String, Double> modules = new LinkedHashMap<>();
    Map<String, String> running = new LinkedHashMap<>();
    Map<String, Double> since = new LinkedHashMap<>();
    for (String line : log) {
      Matcher step = STEP.matcher(line);
      if (step.find()) {
        double now = Double.parseDouble(step.group(1));
        String module = step.group(5);
        String before = running.put(module, module + " " + step.group(2) + ":" + step.group(3));
        double seconds = now - since.getOrDefault(module, now);
        since.put(module, now);
        if (before != null) {
          steps.merge(before, seconds, Double::sum);
          modules.merge(module, seconds, Double::sum);
        }
      }
    }
    table("modules", modules);
    table("build steps", steps);
  }

  private void suites() throws IOException {
    Map<String, Double> seconds = new LinkedHashMap<>();
    long tests = 0;
    for (Path file : files("TEST-*.xml")) {
      Matcher suite = SUITE.matcher(Files.readString(file, UTF_8).replaceAll("\\s+", " "));
      if (suite.find()) {
        seconds.merge(suite.group(1), Double.valueOf(suite.group(2)), Double::sum);
        tests += Long.parseLong(suite.group(3));
      }
    }
    table("suites (" + tests + " tests)", seconds);
  }

  /** A JVM counts to the test that has started it. */
  private void jvms() throws IOException {
    Map<String, Double> starts = new LinkedHashMap<>();
    Map<String, Double> lives = new LinkedHashMap<>();
    double[] sums = new double[3];
    int count = 0;
    for (Path file : files(JvmTime.FILE.getFileName().toString())) {
      for (String line : Files.readAllLines(file, UTF_8)) {
        String[] cells = line.split("\t");
        String name = cells[0] + " " + cells[1].replaceFirst(".*/([^/]+)/bin/java$", "$1");
        lives.merge(TestName.classOf(cells[0]), Double.parseDouble(cells[3]) / 1e3, Double::sum);
        starts.merge(name, Double.parseDouble(cells[2]) / 1e3, Math::max);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += Math.max(0, Double.parseDouble(cells[i + 2])) / 1e3;
        }
        count++;
      }
    }
    table("suites, by the life of their JVMs", lives);
    table("JVM starts, to the first line", starts);
    lines.add(
        format(
            "  all %d JVMs: %.0f s to their first lines, %.0f s of life, %.0f s of known work",
            count, sums[0], sums[1], sums[2]));
  }

  private List<Path> files(String glob) throws IOException {
    var matcher = root.getFileSystem().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.walk(root, 6)) {
      return files.filter(file -> matcher.matches(file.getFileName())).sorted().toList();
    }
  }

  private void table(String title, Map<String, Double> seconds) {
    double sum = seconds.values().stream().mapToDouble(each -> each).sum();
    lines.add(format("TIME  the slowest of %d %s, %.0f s in sum", seconds.size(), title, sum));
    seconds.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(SLOWEST)
        .forEach(each -> lines.add(format("  %7.1f s  %s", each.getValue(), each.getKey())));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
