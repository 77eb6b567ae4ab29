package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Engine;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helpers of clients that live in loaders of their own, as in an application server. */
class HelperLoaderTest {
  private static final String CLIENT = "throwaway.Client";
  private static final Duration COLLECTION = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final Lines console = new Lines();
  private final HelperValue helpers =
      new HelperValue(new Throwaway(), Engines.ENGINE, null, console);
  private Compiled compiled;

  @BeforeEach
  void compile() {
    compiled =
        Compiled.source(
            folder, CLIENT, "package throwaway; public class Client { class Other {} }");
  }

  @Test
  void letsTheHelperSeeItsOwnCopyOfTheClient() throws Exception {
    try (URLClassLoader loader = compiled.loader()) {
      Class<?> client = loader.loadClass(CLIENT);

      assertThat(ask(client, "client")).isSameAs(client);
    }
  }

  @Test
  void letsTheHelperSeeTheOneEngine() throws Exception {
    try (URLClassLoader loader = compiled.loader()) {
      assertThat(ask(loader.loadClass(CLIENT), "agent")).isSameAs(Engine.class);
    }
  }

  @Test
  void makesOneHelperForEachCopyOfTheClient() throws Exception {
    try (URLClassLoader one = compiled.loader();
        URLClassLoader two = compiled.loader()) {
      Object first = ask(one.loadClass(CLIENT), "self");
      Object second = ask(two.loadClass(CLIENT), "self");

      assertThat(first.getClass()).isNotSameAs(second.getClass());
      assertThat(ask(one.loadClass(CLIENT), "self")).isSameAs(first);
    }
  }

  @Test
  void lendsTheHelperToTheClientsOtherClasses() throws Exception {
    try (URLClassLoader loader = compiled.loader()) {
      Object helper = ask(loader.loadClass(CLIENT), "self");

      assertThat(ask(loader.loadClass(CLIENT + "$Other"), "self")).isSameAs(helper);
    }
  }

  @Test
  void goesWithTheClient() throws Exception {
    WeakReference<ClassLoader> client = usedOnce();

    assertThat(isCollected(client)).isTrue();
  }

  @Test
  void standsBackInOneLineWhereTheClientLacksAMember() throws Exception {
    HelperValue demanding = new HelperValue(new Demanding(), Engines.ENGINE, null, console);
    try (URLClassLoader loader = compiled.loader()) {
      Object[] arguments = {null, "decorate", "original"};

      Class<?> client = loader.loadClass(CLIENT);
      assertThat(demanding.of(client).apply(arguments)).isNull();
      assertThat(demanding.of(client).apply(arguments)).isNull();
    }

    assertThat(console.all()).hasSize(1);
    assertThat(console.all().get(0))
        .startsWith("fake is not guarded: " + folder.toUri().toURL())
        .endsWith("missing member throwaway/Client#gone()V");
  }

  private WeakReference<ClassLoader> usedOnce() throws Exception {
    try (URLClassLoader loader = compiled.loader()) {
      ask(loader.loadClass(CLIENT), "self");
      return new WeakReference<>(loader);
    }
  }

  private static boolean isCollected(WeakReference<?> reference) {
    long start = System.nanoTime();
    while (reference.get() != null && System.nanoTime() - start < COLLECTION.toNanos()) {
      System.gc();
    }
    return reference.get() == null;
  }

  private Object ask(Class<?> client, String what) {
    return helpers.of(client).apply(new Object[] {null, what, "original"});
  }

  /** The module of the client that is compiled here. */
  private static class Throwaway extends FakeModule {
    Throwaway() {
      super(CLIENT);
    }
  }

  /** Wants a member that is not there. */
  private static final class Demanding extends Throwaway {
    @Override
    public List<String> references() {
      return List.of("throwaway/Client#gone()V");
    }
  }
}
