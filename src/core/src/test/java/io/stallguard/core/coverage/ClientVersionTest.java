package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientVersionTest {
  @ParameterizedTest
  @CsvSource({
    "file:/lib/okhttp-4.12.0.jar, a:okhttp, 4.12.0",
    "file:/lib/okhttp-jvm-5.3.2.jar, a:okhttp, 5.3.2",
    "file:/lib/pekko-http-core_2.13-1.1.0.jar, a:pekko-http-core, 1.1.0",
    "file:/q/io.vertx.vertx-core-4.5.14.jar, io.vertx:vertx-core, 4.5.14",
    "file:/lib/jetty-client-9.4.57.v20241219.jar, a:jetty-client, 9.4.57.v20241219",
    "jar:nested:/app.jar/!BOOT-INF/lib/okhttp-4.12.0.jar!/, a:okhttp, 4.12.0",
    "jar:file:/app.jar!/BOOT-INF/lib/okhttp-4.12.0-SNAPSHOT.jar!/, a:okhttp, 4.12.0-SNAPSHOT",
    "file:/lib/okhttp-sse-4.12.0.jar, a:okhttp, ''",
    "file:/lib/app-1.0.jar, a:okhttp, ''",
    "file:/classes/, a:okhttp, ''",
  })
  void isReadOffTheNameOfTheJar(String place, String artifact, String version) {
    assertThat(new ClientVersion(List.of(artifact), new Noted(""), false).of(place))
        .isEqualTo(version);
  }

  @Test
  void aJarOfManyHasANoteOfWhatItWasMadeOf() {
    ClassLoader loader = new Noted("version=4.5.14\n");

    assertThat(
            new ClientVersion(List.of("io.vertx:vertx-core"), loader, false)
                .of("file:/app-1.0.jar"))
        .isEqualTo("4.5.14");
  }

  @Test
  void ofACopyThatWasRenamedOnlyTheNoteOfItsOwnJarCounts(@TempDir Path folder) throws Exception {
    Path other = noted(folder.resolve("other"), "1.0");
    Path app = noted(folder.resolve("app"), "4.5.14");
    List<String> artifacts = List.of("io.vertx:vertx-core");

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {other.toUri().toURL(), app.toUri().toURL()}, null)) {
      ClientVersion renamed = new ClientVersion(artifacts, loader, true);
      assertThat(renamed.of(app.toUri().toURL().toString())).isEqualTo("4.5.14");
      assertThat(renamed.of(folder.toUri().toURL() + "none/")).isEmpty();
      assertThat(new ClientVersion(artifacts, loader, false).of("")).isEqualTo("1.0");
    }
  }

  private static Path noted(Path place, String version) throws IOException {
    Path note = place.resolve("META-INF/maven/io.vertx/vertx-core/pom.properties");
    Files.createDirectories(note.getParent());
    Files.writeString(note, "version=" + version);
    return place;
  }

  @Test
  void aNoteThatIsNoVersionIsNone() {
    ClassLoader loader = new Noted("version=1.0 and\\nmore\n");

    assertThat(
            new ClientVersion(List.of("io.vertx:vertx-core"), loader, false)
                .of("file:/app-1.0.jar"))
        .isEmpty();
  }

  @Test
  void aClassLoaderThatFailsTellsNone() {
    assertThat(new ClientVersion(List.of("a:b"), new Failing(), false).of("file:/app-1.0.jar"))
        .isEmpty();
  }

  @Test
  void whatIsInTheJdkHasTheVersionOfThat() {
    String jdk = System.getProperty("java.version");

    assertThat(ClientVersion.ofJdk(List.of())).isEqualTo(jdk);
  }

  @Test
  void whatSomebodyHasPutToTheJdkHasNotTheVersionOfThat() {
    List<String> artifacts = List.of("a:okhttp");

    assertThat(ClientVersion.ofJdk(artifacts)).isNull();
    assertThat(new ClientVersion(artifacts, null, false).of("")).isEmpty();
    assertThat(new ClientVersion(artifacts, new Noted(""), false).of("jrt:/okhttp3")).isEmpty();
  }

  /** Has one note. */
  private static final class Noted extends ClassLoader {
    private final String note;

    Noted(String note) {
      super(null);
      this.note = note;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return name.equals("META-INF/maven/io.vertx/vertx-core/pom.properties")
          ? new ByteArrayInputStream(note.getBytes(StandardCharsets.ISO_8859_1))
          : null;
    }
  }

  /** Was closed. */
  private static final class Failing extends ClassLoader {
    Failing() {
      super(null);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      throw new IllegalStateException("closed");
    }
  }
}
