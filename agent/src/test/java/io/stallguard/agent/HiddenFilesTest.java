package io.stallguard.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenFilesTest {
  private final AtomicInteger told = new AtomicInteger();

  @TempDir Path folder;
  private Path jar;
  private HiddenFiles files;
  private Predicate<String> keeping;

  @BeforeEach
  void open() throws IOException {
    jar = write(folder.resolve("agent.jar"), "one", Deflater.DEFAULT_COMPRESSION);
    files = new HiddenFiles(jar.toFile(), "kept/spent"::equals);
    keeping = files.apply(told::incrementAndGet);
  }

  @Test
  void readsWhatIsHidden() throws IOException {
    assertThat(text("kept/a")).isEqualTo("one a");
    assertThat(files.bytes("no/such")).isNull();
    assertThat(files.has("kept/a")).isTrue();
    assertThat(files.has("visible")).isFalse();
  }

  @Test
  void hasWhatWasKeptThoughTheJarIsEmptied() throws IOException {
    assertThat(keeping.test("kept/ other")).isTrue();

    Files.write(jar, new byte[0]);

    assertThat(text("kept/a")).isEqualTo("one a");
    assertThat(files.open("kept/b")).hasContent("one b");
    assertThat(files.urls().of("kept/a").openStream()).hasContent("one a");
    assertThat(told).hasValue(1);
  }

  @Test
  void readsNothingOfAnotherJar() throws IOException {
    assertThat(keeping.test("kept/")).isTrue();

    write(jar, "two", Deflater.NO_COMPRESSION);

    assertThatThrownBy(() -> files.bytes("else/a")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> files.bytes("kept/spent")).isInstanceOf(IOException.class);
    assertThat(files.has("else/a")).isFalse();
    assertThat(files.open("else/a")).isNull();
    assertThat(keeping.test("else/")).isFalse();
    assertThat(told).hasValue(1);
  }

  @Test
  void readsNothingOfAJarWithOtherBytesInTheSamePlaces() throws IOException {
    long length = Files.size(jar);

    write(jar, "two", Deflater.DEFAULT_COMPRESSION);

    assertThat(Files.size(jar)).isEqualTo(length);
    assertThatThrownBy(() -> files.bytes("else/a")).isInstanceOf(IOException.class);
    assertThat(told).hasValue(1);
  }

  @Test
  void seesThatAJarOfTheSameLengthIsAnother() throws IOException {
    assertThat(keeping.test("kept/")).isTrue();
    assertThat(keeping.test("")).isTrue();

    write(jar, "two", Deflater.DEFAULT_COMPRESSION);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

    assertThat(keeping.test("")).isFalse();
    assertThat(keeping.test("")).isFalse();
    assertThat(told).hasValue(1);
  }

  @Test
  void goesOnWithTheOldJarThatWasReplacedByARename() throws IOException {
    assertThat(keeping.test("kept/")).isTrue();
    Path other = write(folder.resolve("other.jar"), "two", Deflater.NO_COMPRESSION);

    Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

    assertThat(keeping.test("")).isTrue();
    assertThat(text("else/a")).isEqualTo("one a");
    assertThat(told).hasValue(0);
  }

  @Test
  void forgetsWhatNobodyReadsAgain() throws IOException {
    assertThat(keeping.test("kept/")).isTrue();
    files.drop("kept/a");

    Files.write(jar, new byte[0]);

    assertThatThrownBy(() -> files.bytes("kept/a")).isInstanceOf(IOException.class);
  }

  private String text(String name) throws IOException {
    return new String(files.bytes(name), UTF_8);
  }

  private static Path write(Path jar, String word, int level) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(level);
      put(out, "visible", word);
      for (String name : new String[] {"kept/a", "kept/b", "kept/spent", "other", "else/a"}) {
        put(out, "inst/" + name, word + " " + name.substring(name.indexOf('/') + 1));
      }
    }
    return jar;
  }

  private static void put(JarOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(text.getBytes(UTF_8));
  }
}
