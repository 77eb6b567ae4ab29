package io.stallguard.agent;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each module stands wherever the recipe for a new one, the README beside them, wants it. */
class RecipeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path TESTS = ROOT.resolve("testapp/src/test");
  private static final String RECIPE = "src/instrumentation/README.md";
  private static final String CLIENTS = "src/docs/clients.md";
  private static final String SWITCHES = "### Switches of clients";

  /** A link of the index to the page of a client. */
  private static final Pattern PAGE = Pattern.compile("\\((clients/[a-z0-9-]+\\.md)\\)");

  private static final Pattern CODE = Pattern.compile("`([a-z][a-z0-9-]+)`");
  private static final Pattern FLOOR = Pattern.compile("\\$\\{([a-z0-9-]+)\\.floor\\.version}");

  /** What has no suite of its own, and comes with a client that has. */
  private static final Map<String, String> COMES_WITH = Map.of("netty", "async-http-client");

  private final List<Folder> folders = folders();

  @Test
  void isBuilt() {
    for (Folder folder : folders) {
      assertHas(
          text(ROOT.resolve("pom.xml")),
          "<module>src/instrumentation/" + folder + "</module>",
          "the root pom, for a folder that has a pom");
    }
  }

  @Test
  void isInTheJar() {
    for (Folder folder : folders) {
      assertHas(
          text(ROOT.resolve("src/inside/pom.xml")),
          "<artifactId>stallguard-" + folder + "</artifactId>",
          "src/inside/pom.xml, which makes the jar");
    }
  }

  @Test
  void hasItsSwitchOnThePageOfSettings() {
    String page = text(ROOT.resolve("src/docs/configuration.md"));
    String switches = page.substring(page.indexOf(SWITCHES));
    String named = switches.substring(0, switches.indexOf("\n## "));

    assertThat(CODE.matcher(named).results().map(found -> found.group(1)))
        .as(RECIPE + ": " + SWITCHES + " in src/docs/configuration.md")
        .filteredOn(name -> !Set.of("head", "connect").contains(name))
        .containsExactlyInAnyOrderElementsOf(modules());
  }

  @Test
  void standsAmongTheClientsAndOnAPageOfItsOwn() {
    String index = text(ROOT.resolve(CLIENTS));
    for (String module : modules()) {
      if (!module.endsWith("-head") && !module.endsWith("-connect")) {
        String named = "`" + module + "`";
        assertHas(index, named, CLIENTS);
        String page = page(index, named);
        assertHas(text(ROOT.resolve("src/docs").resolve(page)), named, "src/docs/" + page);
      }
    }
  }

  /** The suite of a client looks for the name in each of its reports. */
  @Test
  void isNamedByASuiteIfReportsNameIt() {
    String suites = sources(TESTS);

    assertThat(reporting()).hasSizeGreaterThan(7);
    for (String module : reporting()) {
      String leaf = "String module() {\n    return \"" + module + "\";";
      assertHas(suites, leaf, "a leaf of ClientSuite in testapp");
    }
  }

  @Test
  void isTriedForLeaksIfReportsNameIt() {
    for (String module : reporting()) {
      assertHas(text(find(TESTS, "LeakClients.java")), "\"" + module + "\"", "LeakClients");
    }
  }

  @Test
  void isTriedAtItsFloor() {
    String tests = sources(TESTS) + text(ROOT.resolve("testapp/pom.xml"));
    String sdks = text(ROOT.resolve("src/sdk-probes/pom.xml"));

    for (Folder folder : folders) {
      for (String property : floors(folder)) {
        String client = COMES_WITH.getOrDefault(property, property);
        String floor = Pattern.quote(floor(client));
        Pattern named =
            Pattern.compile(
                "\\$\\{" + client + "\\.floor\\.version}|[\":]" + floor + "\"|>" + floor + "<");
        assertThat(named.matcher(tests + sdks).find())
            .as("%s: testapp/pom.xml, or a suite, has to have the floor of %s", RECIPE, client)
            .isTrue();
      }
    }
  }

  private static void assertHas(String text, String wanted, String where) {
    assertThat(text.contains(wanted)).as("%s: %s has to have %s", RECIPE, where, wanted).isTrue();
  }

  /** The page to which the first row of the index leads that has this in it. */
  private static String page(String index, String named) {
    return index
        .lines()
        .filter(line -> line.startsWith("|") && line.contains(named))
        .flatMap(line -> PAGE.matcher(line).results())
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(CLIENTS + " leads to no page of " + named));
  }

  private static List<String> floors(Folder folder) {
    return FLOOR
        .matcher(text(folder.path.resolve("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String floor(String client) {
    String property = Pattern.quote("<" + client + ".floor.version>") + "([^<]+)";
    return Pattern.compile(property)
        .matcher(text(ROOT.resolve("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the root pom has no floor of " + client));
  }

  private Set<String> modules() {
    Set<String> modules = new TreeSet<>();
    folders.forEach(folder -> modules.addAll(folder.modules()));
    return modules;
  }

  /** The modules by which clients are named in reports: those which their helpers name. */
  private Set<String> reporting() {
    Set<String> reporting = new TreeSet<>();
    for (Folder folder : folders) {
      String helpers = sources(folder.path.resolve("src/main"));
      folder.modules().stream()
          .filter(
              module ->
                  Pattern.compile(
                          "Exchange\\.of\\(\"" + module + "\"\\)|NAME = \"" + module + "\";")
                      .matcher(helpers)
                      .find())
          .forEach(reporting::add);
    }
    return reporting;
  }

  private static List<Folder> folders() {
    try (Stream<Path> children = Files.list(ROOT.resolve("src/instrumentation"))) {
      return children
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(Folder::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All sources in a folder, at any depth. */
  private static String sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(RecipeTest::text)
          .collect(joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(Path folder, String name) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of modules. */
  private record Folder(Path path) {
    Set<String> modules() {
      Set<String> modules = new TreeSet<>();
      text(path.resolve("src/main/resources/instrumentations.txt"))
          .lines()
          .filter(line -> !line.isEmpty())
          .forEach(line -> modules.add(line.split(" ")[0]));
      return modules;
    }

    @Override
    public String toString() {
      return path.getFileName().toString();
    }
  }
}
