package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stallguard.core.coverage.Coverage;
import io.stallguard.core.coverage.CoverageFacts;
import io.stallguard.core.coverage.CoverageSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UseTriggerTest {
  private static final String CLIENT = "okhttp3/internal/http/CallServerInterceptor";
  private static final byte[] NO_BYTES = {};

  private final List<String> log = new ArrayList<>();
  private final Coverage coverage = new Coverage(new Everything(), Runnable::run, log::add);
  private final UseTrigger trigger = new UseTrigger();

  @Test
  void runsWhatWaitsForAClassOnce() {
    List<String> used = new ArrayList<>();
    trigger.await("a/B", () -> used.add("used"));

    load("a/C");
    assertThat(used).isEmpty();
    load("a/B");
    load("a/B");

    assertThat(used).hasSize(1);
  }

  @Test
  void runsItForAClassThatWasThereBefore() {
    List<String> used = new ArrayList<>();
    trigger.await("java/lang/String", () -> used.add("used"));

    trigger.look(new Class<?>[] {Object.class, String.class}, false);

    assertThat(used).hasSize(1);
  }

  @Test
  void countsAClientByEachClassLoader() {
    trigger.count(coverage);

    trigger.transform(getClass().getClassLoader(), CLIENT, null, null, NO_BYTES);
    trigger.transform(getClass().getClassLoader(), CLIENT, null, null, NO_BYTES);
    trigger.transform(null, CLIENT, null, null, NO_BYTES);

    assertThat(coverage.facts())
        .extracting(CoverageFacts::client, CoverageFacts::loader)
        .containsExactly(tuple("okhttp", "app"), tuple("okhttp", "boot"));
  }

  @Test
  void changesNoClass() {
    trigger.count(coverage);

    assertThat(trigger.transform(null, CLIENT, null, null, NO_BYTES)).isNull();
    assertThat(trigger.transform(null, null, null, null, NO_BYTES)).isNull();
  }

  private void load(String className) {
    assertThat(trigger.transform(null, className, null, null, NO_BYTES)).isNull();
  }

  /** All is on, and nothing is limited. */
  private static final class Everything implements CoverageSettings {
    @Override
    public boolean isOff() {
      return false;
    }

    @Override
    public boolean isModuleEnabled(String module) {
      return true;
    }

    @Override
    public boolean limitsHeads() {
      return false;
    }

    @Override
    public boolean limitsConnects() {
      return false;
    }
  }
}
