package io.stallguard.core;

import static io.stallguard.core.Arrivals.DELTA;
import static io.stallguard.core.Arrivals.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that change while streams are open. */
class RuntimeChangeTest {
  private final Rig rig = Rig.exactly("idle=60s");

  @Test
  void anOpenStreamAdoptsAShorterLimitAndTheSilenceSoFarCounts() {
    Guard guard = awaited();
    rig.run(Duration.ofSeconds(10));

    rig.engine.change("idle=5s", "test");
    rig.run(Duration.ofSeconds(1));

    assertThat(guard.isStalled()).isTrue();
    assertThat(guard.stallException(null)).hasMessageContaining("limit of 5 s exceeded");
  }

  @Test
  void aShorterLimitIsNeverReachedEarlyThoughTheClockWentInLongerSteps() {
    rig.engine.change("idle=1h,event-idle=off", "test");
    Guard guard = rig.engine.open(Exchanges.reply(), rig.abort);
    rig.tick(Duration.ofMillis(100));
    guard.awaiting();
    rig.tick(Duration.ofMillis(100));

    rig.engine.change("idle=500ms,first-byte=500ms", "test");
    rig.tick(Duration.ofMillis(100));
    rig.run(Duration.ofMillis(280));

    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofMillis(400));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void anOpenStreamAdoptsALongerLimit() {
    Guard guard = awaited();
    rig.run(Duration.ofSeconds(50));

    rig.engine.change("idle=100s", "test");
    rig.run(Duration.ofSeconds(49));

    assertThat(guard.isStalled()).isFalse();
    rig.run(Duration.ofSeconds(3));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void whatWasOnlyReportedIsAbortedOnceThatIsWanted() {
    rig.engine.change("mode=observe,idle=1s", "test");
    Guard guard = awaited();
    rig.run(Duration.ofSeconds(5));
    assertThat(guard.isStalled()).isFalse();

    rig.engine.change("mode=enforce", "test");
    rig.run(Duration.ofSeconds(1));

    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void nothingIsAbortedOnceTheModeIsOff() {
    Guard guard = awaited();

    rig.engine.change("mode=off", "test");
    rig.run(Duration.ofSeconds(100));
    assertThat(guard.isStalled()).isFalse();

    rig.engine.reset("test");
    rig.run(Duration.ofSeconds(1));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aStreamThatWasOpenedWhileNothingWasWatchedIsReachedToo() {
    Rig off = new Rig("mode=off,idle=1s");
    Guard guard = off.open();
    guard.awaiting();
    off.run(Duration.ofSeconds(100));
    assertThat(guard.isStalled()).isFalse();
    assertThat(off.log).isEmpty();

    off.engine.change("mode=enforce", "test");
    off.run(Duration.ofSeconds(1));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aStreamWithoutAnyLimitGetsOneThatIsSetLater() {
    Rig unlimited = Rig.exactly("idle=off,event-idle=off,done-grace=off");
    Guard guard = unlimited.open();
    guard.awaiting();
    unlimited.run(Duration.ofSeconds(100));
    assertThat(guard.isStalled()).isFalse();

    unlimited.engine.change("idle=200s", "test");
    unlimited.run(Duration.ofSeconds(99));
    assertThat(guard.isStalled()).isFalse();
    unlimited.run(Duration.ofSeconds(4));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aRuleReachesItsOpenStreamsOnly() {
    Guard guard = awaited();

    rig.engine.change("rule.a.match=other.com,rule.a.idle=1s", "test");
    rig.run(Duration.ofSeconds(5));
    assertThat(guard.isStalled()).isFalse();

    rig.engine.change("rule.b.match=api.example.com/v1/*,rule.b.idle=1s", "test");
    rig.run(Duration.ofSeconds(1));
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void aWaitForAHeadAdoptsAChangeToo() {
    rig.engine.change("head=60s", "test");
    Guard guard = rig.engine.awaitHead(Exchanges.of("POST", "https://a.com/", 0, null), rig.abort);
    guard.awaiting();
    rig.run(Duration.ofSeconds(5));

    rig.engine.change("head=2s", "test");
    rig.run(Duration.ofSeconds(1));

    assertThat(guard.stallException(null)).hasMessageStartingWith("head limit of 2 s exceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "idle=soon | stallguard.idle=soon (test) ignored, what held before still holds: expected",
        "idle=5 | stallguard.idle=5 (test) ignored, what held before still holds: expected",
        "mode=observ | stallguard.mode=observ (test) ignored, what held before still holds: exp",
        "exclude=a.com,b.com:x | stallguard.exclude=a.com,b.com:x (test) ignored, what held before",
        "rule.a.match=:x,rule.a.idle=5s | stallguard.rule.a.match=:x (test) ignored, what held",
        "rule.a.match=a.com,rule.a.idle=5 | stallguard.rule.a.idle=5 (test) ignored, what held",
        "idel=5s | unknown setting stallguard.idel (test) ignored: did you mean",
        "mode=observe,total=1s | total=1 s (test) is shorter than idle=60 s (agent argument)",
        "enabled=false | stallguard.enabled can be set at start only",
        "instrumentation.okhttp.enabled=false | stallguard.instrumentation.okhttp.enabled can be",
        "'' | nothing to change: expected settings such as",
      })
  void aMistakeChangesNothing(String change, String problem) {
    assertThatThrownBy(() -> rig.engine.change(change, "test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("nothing is changed: " + problem);

    assertThat(rig.engine.settings().summary())
        .isEqualTo("mode=enforce, idle=60 s (agent argument)");
  }

  @Test
  void aMistakeOfTheStartStandsInTheWayOfNoChange() {
    Settings start =
        SettingsReader.read("idle=soon,mode=observ", new Properties(), Map.of(), Set.of(), p -> {});

    Settings changed = SettingsChange.of(start, "total=1h", "test");

    assertThat(changed.summary()).startsWith("mode=observe").contains("(test)");
  }

  @Test
  void aChangeIsTold() {
    rig.engine.change("idle=70s", "test");
    assertThat(rig.log).as("nothing is written on the thread of who changes").isEmpty();
    rig.tick();

    assertThat(rig.log).containsExactly("settings changed (test): mode=enforce, idle=70 s (test)");
  }

  private Guard awaited() {
    Guard guard = rig.open();
    read(guard, DELTA);
    return guard;
  }
}
