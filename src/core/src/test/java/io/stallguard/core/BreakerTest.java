package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Inside;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where most streams of a host stall its short limits are lifted, until an outage is shown. */
class BreakerTest {
  private final SilentCrowd crowd = new SilentCrowd("idle=1s,breaker.pause=10m");

  @Test
  void mostStreamsOfAHostLiftItsShortLimits() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(100));

    assertThat(crowd.rig.abort.aborts).isEqualTo(16);
    assertThat(crowd.lines("BREAKER OPEN"))
        .singleElement()
        .asString()
        .startsWith(
            "BREAKER OPEN: api.example.com: 16 of 30 streams stalled within 300 s, more than 50%. ")
        .contains("300 s at least", "for 600 s, or until told by JMX")
        .doesNotContain("observe");
    assertThat(Inside.shown(crowd.held.get(29), 0).limit())
        .isEqualTo("first-byte=300 s (agent argument; 1 s lifted: breaker open)");
    assertThat(crowd.lines("would have been")).isEmpty();
  }

  @Test
  void theFirstThatRunsOutShowsAnOutageAndAllAreReleased() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(100));
    crowd.silent(5);
    crowd.rig.run(Duration.ofSeconds(199));
    assertThat(crowd.rig.abort.aborts).isEqualTo(16);

    crowd.rig.run(Duration.ofSeconds(6));

    assertThat(crowd.rig.abort.aborts).isEqualTo(35);
    assertThat(crowd.lines("breaker closed"))
        .singleElement()
        .asString()
        .startsWith("breaker closed, an outage, a stream was silent for 30")
        .endsWith(": the limits of api.example.com hold again as they are set");
    assertThat(crowd.lines("first-byte limit of 300 s exceeded")).isNotEmpty();
  }

  @Test
  void inAnOutageTheHostsOwnLimitsHold() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(310));

    for (int i = 0; i < 10; i++) {
      crowd.silent(30);
      crowd.rig.run(Duration.ofSeconds(20));
    }

    assertThat(crowd.rig.abort.aborts).isEqualTo(330);
    assertThat(crowd.lines("BREAKER OPEN")).hasSize(1);
  }

  @Test
  void whetherItIsAnOutageStillIsAskedAgainAfterThePause() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(310));

    crowd.rig.run(Duration.ofMinutes(11));
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(10));

    assertThat(crowd.rig.abort.aborts).isEqualTo(46);
    assertThat(crowd.lines("BREAKER OPEN")).hasSize(2);
  }

  @Test
  void anOutageIsOverOnceMostStreamsAreWell() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(310));
    for (int minute = 0; minute < 6; minute++) {
      crowd.healthy(30);
      crowd.rig.run(Duration.ofMinutes(1));
    }
    crowd.silent(300);
    crowd.rig.run(Duration.ofSeconds(10));

    assertThat(crowd.lines("BREAKER OPEN")).hasSize(2);
  }

  @Test
  void fewStreamsShowNothing() {
    crowd.silent(19);
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(19);
    assertThat(crowd.rig.engine.breakers().open()).isZero();
  }

  @Test
  void healthyTrafficWithAFewStallsIsNone() {
    for (int minute = 0; minute < 10; minute++) {
      crowd.healthy(12);
      crowd.silent(10);
      crowd.rig.run(Duration.ofMinutes(1));
    }

    assertThat(crowd.rig.abort.aborts).isEqualTo(100);
    assertThat(crowd.rig.engine.breakers().open()).isZero();
  }

  @Test
  void whatHappenedBeforeTheWindowCountsNoMore() {
    crowd.silent(15);
    crowd.rig.run(Duration.ofMinutes(7));
    crowd.healthy(1);
    crowd.silent(15);
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(30);
    assertThat(crowd.rig.engine.breakers().open()).isZero();
  }

  @Test
  void itIsOpenForThePauseAtMost() {
    crowd.rig.engine.change("breaker.pause=1m", "test");
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(59));
    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);
    assertThat(crowd.rig.abort.aborts).isEqualTo(16);

    crowd.rig.run(Duration.ofSeconds(5));

    assertThat(crowd.lines("breaker closed, the pause is over")).hasSize(1);
    assertThat(crowd.rig.abort.aborts).isEqualTo(30);
    assertThat(crowd.rig.engine.breakers().open()).isZero();
  }

  /** Half of the new ones and of the 49 that the first time had left open within the window. */
  @Test
  void theRestOfWhatStalledIsNothingNewButMoreIs() {
    crowd.rig.engine.change("breaker.pause=1m", "test");
    crowd.silent(100);
    crowd.rig.run(Duration.ofSeconds(70));
    assertThat(crowd.rig.abort.aborts).isEqualTo(100);
    assertThat(crowd.rig.engine.breakers().open()).isZero();

    crowd.silent(100);
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(175);
    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);
  }

  @Test
  void anOperatorClosesIt() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(30));
    crowd.rig.engine.breakers().close("other.example.com", "by an operator");
    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);

    crowd.rig.engine.breakers().close("api.example.com", "by an operator");
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(30);
    assertThat(crowd.lines("breaker closed, by an operator: ")).hasSize(1);
  }

  @Test
  void itCanBeSwitchedOff() {
    crowd.rig.engine.change("breaker.share=off", "test");
    crowd.silent(100);
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(100);
  }

  @Test
  void switchedOffItClosesAtOnce() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(2));
    crowd.rig.engine.change("breaker.share=off", "test");
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(30);
    assertThat(crowd.lines("breaker closed, it was switched off")).hasSize(1);
  }

  @Test
  void itsLimitsCanBeSet() {
    crowd.rig.engine.change("breaker.share=10%,breaker.streams=5", "test");
    crowd.silent(10);
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(2);
  }
}
