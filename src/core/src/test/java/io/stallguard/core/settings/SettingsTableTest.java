package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of settings has those that there are, and every text names only such. */
class SettingsTableTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path PAGE = ROOT.resolve("src/docs/configuration.md");

  /** The pages that do not lie below {@code src/docs}. */
  private static final List<String> OTHER_PAGES =
      List.of("README.md", "SECURITY.md", "CONTRIBUTING.md", "src/instrumentation/README.md");

  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.*?) \\| .*\\|");
  private static final List<String> FAMILIES =
      List.of(
          "rule.<id>.match",
          "rule.<id>.content-types",
          "rule.<id>.accept",
          "rule.<id>.<name>",
          "instrumentation.<name>.enabled");

  /** What can only be a setting: by its prefix, by its group, or by its value. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<!unknown setting )(?:-D|(?<![\\w.]))stallguard\\.((?!jar\\b)[a-z][\\w.<>-]*)"
              + "|(?<![\\w.])(?:((?:breaker|log|retry|relay)\\.[a-z][a-z-]*)"
              + "|(?<![\\w-])([a-z][a-z.-]*)="
              + "(?:observe|enforce|throw|eof|ignore|off|\\*|host:port|\\d+(?:ms|s|m|h|%)))(?![\\w])");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  @Test
  void hasEachSettingOnce() throws IOException {
    List<String> names = new ArrayList<>();
    for (Matcher row : rows()) {
      names.add(row.group(1));
    }

    List<String> expected = new ArrayList<>(FAMILIES);
    expected.remove("rule.<id>.accept");
    for (Setting setting : Setting.values()) {
      expected.add(setting.isForAll() ? setting.key() : "rule.<id>." + setting.key());
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void hasTheDefaults() throws IOException {
    for (Matcher row : rows()) {
      Setting setting = Setting.of(row.group(1));
      if (setting != null) {
        assertThat(plain(row.group(2)).replace(", ", ","))
            .as(setting.key())
            .isEqualTo(setting.standardText().replace(", ", ","));
      }
    }
  }

  @Test
  void hasEverySettingThatAPageNames() throws IOException {
    TreeSet<String> unknown = new TreeSet<>();
    try (Stream<Path> pages = Files.walk(ROOT.resolve("src/docs"))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        addUnknown(unknown, CODE, page);
      }
    }
    for (String page : OTHER_PAGES) {
      addUnknown(unknown, CODE, ROOT.resolve(page));
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void hasEverySettingThatTheCodeNames() throws IOException {
    TreeSet<String> unknown = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(SettingsTableTest::isMainCode).toList()) {
        addUnknown(unknown, LITERAL, file);
      }
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void findsWhatIsNamed() {
    List<String> named =
        named(
            "stallguard.jar a=observe -Dstallguard.idle=5s log.file breaker.pause, set"
                + " change(\"total=1h\") io.stallguard.core sockets=host:port x.log.y=z");

    assertThat(named).containsExactly("a", "idle", "log.file", "breaker.pause", "total", "sockets");
  }

  private static boolean isMainCode(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java")
        && (path.contains("/core/src/main/")
            || path.contains("/tooling/src/main/")
            || path.contains("/agent/src/main/")
            || path.contains("/instrumentation/") && path.contains("/src/main/"));
  }

  private static void addUnknown(TreeSet<String> unknown, Pattern piece, Path file)
      throws IOException {
    Matcher pieces = piece.matcher(Files.readString(file));
    while (pieces.find()) {
      for (String name : named(pieces.group(1))) {
        if (!isKnown(name)) {
          unknown.add(name + " in " + file.getFileName());
        }
      }
    }
  }

  private static List<String> named(String text) {
    List<String> names = new ArrayList<>();
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      for (int group = 1; group <= named.groupCount(); group++) {
        if (named.group(group) != null) {
          names.add(named.group(group));
        }
      }
    }
    return names;
  }

  /** The begin of a name that is put together is none. */
  private static boolean isKnown(String name) {
    if (name.endsWith(".")) {
      return true;
    }
    return Setting.of(name) != null || RuleKeys.isKnown(name) || FAMILIES.contains(name);
  }

  /** Without the marks of the page. */
  private static String plain(String cell) {
    return cell.replaceAll("\\[([^]]+)]\\(#[^)]+\\)", "$1").replace("`", "");
  }

  private static List<Matcher> rows() throws IOException {
    String page = Files.readString(PAGE);
    String settings = page.substring(page.indexOf("## All settings"), page.indexOf("## Values"));
    List<Matcher> rows = new ArrayList<>();
    for (String line : settings.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
