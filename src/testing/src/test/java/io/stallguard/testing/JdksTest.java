package io.stallguard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {

  @TempDir Path machine;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void findsTheRunningJdk() {
    assertThat(Jdks.find().jdk(Jdks.running().feature()).home()).isEqualTo(Jdks.running().home());
  }

  @Test
  void readsTheOldAndTheNewWayToWriteAVersion() throws IOException {
    name(jdk("a", "1.8.0_392"), jdk("b", "11.0.2"), jdk("c", "26-ea"));

    Jdks jdks = find();

    assertThat(jdks.jdk(8).home()).isEqualTo(machine.resolve("a"));
    assertThat(jdks.jdk(11).home()).isEqualTo(machine.resolve("b"));
    assertThat(jdks.jdk(26).home()).isEqualTo(machine.resolve("c"));
  }

  @Test
  void findsTheHomesInsideANamedFolder() throws IOException {
    jdk("tools/jdk-8", "1.8.0_392");
    environment.put("STALLGUARD_JDKS", machine.resolve("tools").toString());

    assertThat(find().jdk(8).home()).isEqualTo(machine.resolve("tools/jdk-8"));
  }

  @Test
  void findsTheFoldersOfToolsUnderTheUsersHome() throws IOException {
    jdk(".sdkman/candidates/java/8.0.392-tem", "1.8.0_392");
    jdk(".jdks/corretto-11", "11.0.2");
    properties.put("user.home", machine.toString());

    assertThat(find().has(8)).isTrue();
    assertThat(find().has(11)).isTrue();
  }

  @Test
  void readsTheVariablesOfBuildMachines() throws IOException {
    environment.put("JAVA_HOME_8_X64", jdk("eight", "1.8.0_392").toString());

    assertThat(find().jdk(8).home()).isEqualTo(machine.resolve("eight"));
  }

  @Test
  void skipsWhatCannotStart() throws IOException {
    Path home = jdk("broken", "1.8.0_392");
    Files.delete(home.resolve("bin/java"));
    name(home);

    assertThat(find().has(8)).isFalse();
  }

  @Test
  void skipsVersionsThatNobodyTests() throws IOException {
    name(jdk("nine", "9.0.4"));

    assertThat(find().has(9)).isFalse();
  }

  @Test
  void takesTheFirstOfTwoWithTheSameVersion() throws IOException {
    name(jdk("z", "1.8.0_392"), jdk("a", "1.8.0_402"));

    assertThat(find().jdk(8).home()).isEqualTo(machine.resolve("z"));
  }

  @Test
  void namesTheRequiredVersionsThatAreMissing() throws IOException {
    name(jdk("a", "1.8.0_392"));
    properties.put("stallguard.jdks.required", "8, 11,26");

    assertThatThrownBy(this::find)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no JDK [11, 26]");
  }

  @Test
  void namesARequiredVersionThatIsNone() {
    properties.put("stallguard.jdks.required", "8,x");

    assertThatThrownBy(this::find).hasMessageContaining("got x");
  }

  private Jdks find() {
    JdkPlaces places = new JdkPlaces(properties::get, environment, machine.resolve("no-packages"));
    return Jdks.find(places, properties::get);
  }

  private void name(Path... homes) {
    String list =
        String.join(File.pathSeparator, Arrays.stream(homes).map(Path::toString).toList());
    properties.put("stallguard.jdks", list);
  }

  private Path jdk(String folder, String version) throws IOException {
    Path home = machine.resolve(folder);
    Path launcher = Jdk.launcher(home);
    Files.createDirectories(launcher.getParent());
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"any\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.createFile(launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return home;
  }
}
