package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import io.stallguard.core.words.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Settings as they are read from sources that a test fills. */
public abstract class SettingsCase {
  public static final String DURATION =
      "a duration above zero such as 500ms, 60s, 5m, 1h or PT60S, or off";

  public final Properties properties = new Properties();
  public final Map<String, String> environment = new LinkedHashMap<>();
  public final List<String> problems = new ArrayList<>();

  @TempDir public Path folder;

  public void assertThatAllIsSet(Settings settings) {
    assertThat(problems).isEmpty();
    assertThat(settings.enabled()).isFalse();
    assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(settings.idle().nanos()).isEqualTo(Duration.ofSeconds(60).toNanos());
    assertThat(limit(settings, Setting.FIRST_BYTE)).isEqualTo(Duration.ofSeconds(90));
    assertThat(limit(settings, Setting.TOTAL)).isEqualTo(Duration.ofHours(1));
    assertThat(settings.contentTypes()).containsExactly("a/b", "c/d");
    assertThat(settings.methods()).containsExactly("POST", "GET");
    assertThat(settings.include()).hasToString("[a.com, b.com:8443/v1/*]");
    assertThat(settings.exclude()).hasToString("[c.com]");
    assertThat(settings.isModuleEnabled("okhttp")).isFalse();
  }

  public static String told(Settings settings, String uri, Setting setting) {
    return settings.choicesFor(Exchanges.to(uri)).shown(setting);
  }

  public static Duration limit(Settings settings, Setting setting) {
    return Duration.ofNanos(settings.choices().limit(setting, 0).nanos());
  }

  public Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("stallguard.properties"), List.of(lines));
  }

  public Settings read(String arguments) {
    return SettingsReader.read(arguments, properties, environment, Set.of("okhttp"), problems::add);
  }

  public void set(String name, String value) {
    properties.setProperty("stallguard." + name, value);
  }
}
