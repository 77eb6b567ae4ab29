package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostArchiveTest {
  private static final String COMMAND = "java\0-cp\0app.jar\0";

  @Test
  void saysNothingWhereNoArchiveIsAskedFor() throws IOException {
    assertThat(LostArchive.isAsked(options("-Xmx1g"))).isFalse();
    assertThat(lost("", "-Xmx1g")).isNull();
  }

  @Test
  void saysNothingWhileAnArchiveIsMade() {
    assertThat(LostArchive.isAsked(options("-XX:AOTCacheOutput=a.aot"))).isFalse();
    assertThat(LostArchive.isAsked(options("-XX:AOTCache=a.aot", "-XX:AOTMode=create"))).isFalse();
    assertThat(
            LostArchive.isAsked(
                options("-XX:SharedArchiveFile=a.jsa", "-XX:ArchiveClassesAtExit=b.jsa")))
        .isFalse();
  }

  @Test
  void saysNothingWhereNoneIsWanted() {
    assertThat(LostArchive.isAsked(options("-XX:AOTCache=a.aot", "-XX:AOTMode=off"))).isFalse();
    assertThat(LostArchive.isAsked(options("-XX:SharedArchiveFile=a.jsa", "-Xshare:off")))
        .isFalse();
  }

  @Test
  void namesTheFlagThatMendsAnAotCache(@TempDir Path folder) throws IOException {
    Path cache = Files.createFile(folder.resolve("a.aot"));

    assertThat(lost("/usr/lib/jvm/classes.jsa", "-XX:AOTCache=" + cache))
        .startsWith("the AOT cache " + cache + " is not used by this JVM: ")
        .contains("--add-modules=java.instrument")
        .contains("-XX:AOTMode=on");
  }

  @Test
  void blamesNoFlagForAFileThatIsMissing() throws IOException {
    assertThat(lost("/usr/lib/jvm/classes.jsa", "-XX:AOTCache=a.aot"))
        .startsWith("the AOT cache a.aot is not used by this JVM: there is no such file")
        .doesNotContain("--add-modules");
  }

  @Test
  void saysNothingOfWhatIsMapped() throws IOException {
    assertThat(lost("a.aot", "-XX:AOTCache=a.aot")).isNull();
    assertThat(lost("a.jsa", "-XX:SharedArchiveFile=b.jsa", "-XX:SharedArchiveFile=a.jsa"))
        .isNull();
  }

  @Test
  void namesTheLayerThatIsLost() throws IOException {
    assertThat(lost("base.jsa", "-XX:SharedArchiveFile=base.jsa" + File.pathSeparator + "top.jsa"))
        .startsWith("the shared archive top.jsa is not used by this JVM: ");
  }

  @Test
  void knowsThatNoArchiveIsWrittenBesideAnAgent(@TempDir Path folder) throws IOException {
    Path archive = Files.createFile(folder.resolve("a.jsa"));

    assertThat(lost("", "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive))
        .contains("-XX:ArchiveClassesAtExit");
  }

  @Test
  void readsTheVariablesThatBringOptions() {
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", " -Xmx1g  -XX:AOTCache=a.aot ", "OTHER", "-Xint");

    assertThat(LostArchive.options(COMMAND, environment))
        .containsExactly("-Xmx1g", "-XX:AOTCache=a.aot", "java", "-cp", "app.jar");
  }

  private static String lost(String mapped, String... options) throws IOException {
    String line = "7c00-7d00 rw-p 00001000 fe:00 17    " + new File(mapped).getCanonicalPath();
    return new LostArchive(options(options), line + "\n").line();
  }

  private static List<String> options(String... options) {
    return LostArchive.options(COMMAND + String.join("\0", options) + "\0", Map.of());
  }
}
