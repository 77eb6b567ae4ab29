package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProvisionsTest {
  private static final GateIndex.Entry MODULE =
      new GateIndex.Entry(FakeModule.NAME, "io.stallguard.instrumentation.fake.Fake");

  private final Modules modules = Engines.modules("");
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private volatile boolean changed;
  private volatile boolean unreadable;
  private volatile Runnable told;
  private final Provisions provisions =
      new Provisions(
          Engines.ENGINE,
          modules,
          lines::add,
          listener -> {
            told = listener;
            return this::keep;
          });

  private boolean keep(String names) {
    if (!names.isEmpty()) {
      asked.add(names);
    }
    return !changed && (names.isEmpty() || !unreadable);
  }

  @Test
  void keepsTheModuleAndWhatAllShare() throws Exception {
    provisions.accept(MODULE);

    assertThat(taken(asked).split(" "))
        .contains("io/stallguard/core/", "io/stallguard/instrumentation/fake/");
  }

  @Test
  void keepsNothingOfAJarThatHasChanged() {
    changed = true;

    provisions.accept(MODULE);

    assertThat(asked).isEmpty();
    assertThat(modules.isEnabled(FakeModule.NAME)).isTrue();
  }

  @Test
  void switchesAModuleOffWhoseFilesCannotBeRead() throws Exception {
    unreadable = true;

    provisions.accept(MODULE);

    assertThat(taken(lines)).startsWith("fake is not guarded: the agent's jar");
    assertThat(modules.isEnabled(FakeModule.NAME)).isFalse();
  }

  @Test
  void tellsAChangeInOneLineAndOnAThreadOfItsOwn() throws Exception {
    told.run();

    assertThat(taken(lines)).startsWith("the agent's jar was overwritten");
    assertThat(lines).isEmpty();
  }

  private static String taken(BlockingQueue<String> queue) throws InterruptedException {
    String taken = queue.poll(60, TimeUnit.SECONDS);
    assertThat(taken).isNotNull();
    return taken;
  }
}
