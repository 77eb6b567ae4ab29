package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AgentClassLoaderTest {
  private static final String HIDDEN = "io.stallguard.hidden.Hidden";
  private static final String CONNECTION = "java.sql.Connection";

  @TempDir Path folder;
  private Path jar;
  private AgentClassLoader loader;

  @BeforeEach
  void open() throws IOException {
    jar = folder.resolve("with space+plus%.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      put(out, "inst/text.txt", "hidden".getBytes(StandardCharsets.UTF_8));
      put(out, "inst/io/stallguard/agent/Console.classdata", console());
      put(out, "inst/io/stallguard/hidden/Broken.classdata", new byte[] {1, 2});
      put(out, "visible.txt", "visible".getBytes(StandardCharsets.UTF_8));
    }
    loader = new AgentClassLoader(jar.toFile(), ClassLoader.getPlatformClassLoader());
  }

  @Test
  void definesItsOwnCopyOfAHiddenClass() throws Exception {
    Class<?> type = loader.loadClass(Console.class.getName());

    assertThat(type.getClassLoader()).isSameAs(loader);
    assertThat(type).isNotSameAs(Console.class);
    assertThat(loader.loadClass(Console.class.getName())).isSameAs(type);
  }

  @Test
  void definesAClassThatWasKeptWhenTheJarIsEmpty() throws Exception {
    assertThat(loader.hidden().test("io/stallguard/agent/")).isTrue();
    Files.write(jar, new byte[0]);

    assertThat(loader.loadClass(Console.class.getName()).getClassLoader()).isSameAs(loader);
    assertThatThrownBy(() -> loader.loadClass("io.stallguard.hidden.Broken"))
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessageContaining("the agent's jar has changed");
  }

  @Test
  void hasNoClassThatTheJarDoesNotHide() {
    assertThatThrownBy(() -> loader.loadClass(HIDDEN)).isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> loader.loadClass(StallGuardAgent.class.getName()))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void doesNotSeeTheAppsClasses() {
    assertThatThrownBy(() -> loader.loadClass(Test.class.getName()))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void seesTheJdksClasses() throws Exception {
    assertThat(loader.loadClass(CONNECTION)).isSameAs(java.sql.Connection.class);
  }

  @Test
  void failsOnABrokenClassAsTheJvmDoes() {
    assertThatThrownBy(() -> loader.loadClass("io.stallguard.hidden.Broken"))
        .isInstanceOf(ClassFormatError.class);
  }

  @Test
  @Timeout(60)
  void whoLoadsInAdvanceStandsStillForWhoWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Duration> advance = new FutureTask<>(() -> lastLoad(begun));
    new Thread(advance).start();
    begun.await();

    loader.advance.lock();

    assertThat(advance.get()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  /** How long the load took that let go of the lock. */
  private Duration lastLoad(CountDownLatch begun) throws ClassNotFoundException {
    long start = 0;
    loader.advance.lock();
    while (loader.advance.isHeldByCurrentThread()) {
      start = System.nanoTime();
      loader.loadClass(CONNECTION);
      begun.countDown();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void findsResourcesAmongTheHidden() throws Exception {
    assertThat(text(loader.getResourceAsStream("text.txt"))).isEqualTo("hidden");
    assertThat(text(loader.getResource("text.txt").openStream())).isEqualTo("hidden");
    assertThat(Collections.list(loader.getResources("text.txt"))).hasSize(1);
  }

  @Test
  void findsClassFilesByTheirUsualNames() throws Exception {
    String name = Console.class.getName().replace('.', '/') + ".class";

    assertThat(loader.getResourceAsStream(name).readAllBytes()).isEqualTo(console());
  }

  @Test
  void hasNoResourceThatTheJarDoesNotHide() throws Exception {
    assertThat(loader.getResourceAsStream("visible.txt")).isNull();
    assertThat(loader.getResource("visible.txt")).isNull();
    assertThat(Collections.list(loader.getResources("visible.txt"))).isEmpty();
  }

  private static byte[] console() throws IOException {
    try (InputStream in = Console.class.getResourceAsStream("Console.class")) {
      return in.readAllBytes();
    }
  }

  private static String text(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
  }
}
