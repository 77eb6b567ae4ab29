package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A breaker is for one host, and of a gateway for one rule. */
class BreakerHostsTest {
  private final SilentCrowd crowd = new SilentCrowd("idle=1s,breaker.pause=10m");

  @Test
  void aStreamOfAnotherHostIsLeftToItsOwnLimits() {
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(2));
    Guard other =
        crowd.rig.engine.open(
            Exchanges.to("https://other.example.com/v1/messages"), crowd.rig.abort);
    other.awaiting();
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.engine.breakers().open()).isEqualTo(1);
    assertThat(other.isStalled()).isTrue();
  }

  @Test
  void streamsOfManyHostsAreNotAddedUp() {
    for (int i = 0; i < 30; i++) {
      crowd.held.add(
          crowd.rig.engine.open(
              Exchanges.to("https://h" + i % 3 + ".example.com/v1/messages"), crowd.rig.abort));
    }
    crowd.held.forEach(Guard::awaiting);
    crowd.rig.run(Duration.ofSeconds(2));

    assertThat(crowd.rig.abort.aborts).isEqualTo(30);
    assertThat(crowd.lines("BREAKER")).isEmpty();
  }

  /** A gateway is one host with several providers behind it. */
  @Test
  void ofAGatewayItIsTheRule() {
    SilentCrowd crowd = new SilentCrowd("idle=1s,rule.a.match=gw.example.com/a/*,rule.a.idle=2s");
    for (int i = 0; i < 30; i++) {
      crowd.held.add(
          crowd.rig.engine.open(
              Exchanges.to("https://gw.example.com/a/messages"), crowd.rig.abort));
    }
    Guard other = crowd.rig.engine.open(Exchanges.to("https://gw.example.com/b"), crowd.rig.abort);
    crowd.held.add(other);
    crowd.held.forEach(Guard::awaiting);
    crowd.rig.run(Duration.ofMillis(500));
    other.arrived(1);
    crowd.rig.run(Duration.ofSeconds(3));
    other.awaiting();
    crowd.rig.run(Duration.ofSeconds(3));

    assertThat(crowd.rig.engine.breakers().reasons()).startsWith("gw.example.com (rule a): ");
    assertThat(other.isStalled()).isTrue();
  }

  /** Two hundred streams of five hosts, all silent at once. */
  @Test
  void anOutageOfManyHostsReleasesAllOfTheirStreams() {
    SilentCrowd crowd = new SilentCrowd("idle=3s");
    for (int i = 0; i < 200; i++) {
      String host = "https://h" + i % 5 + ".example.com/v1/messages";
      crowd.held.add(crowd.rig.engine.open(Exchanges.to(host), crowd.rig.abort));
    }
    crowd.held.forEach(Guard::awaiting);
    for (int i = 0; i < 3100; i++) {
      crowd.rig.tick(Duration.ofMillis(100));
      assertThat(i >= 100 || crowd.rig.abort.aborts <= 105).isTrue();
    }

    assertThat(crowd.held).allMatch(Guard::isStalled);
    assertThat(crowd.lines("BREAKER OPEN")).hasSize(5);
    assertThat(crowd.lines("breaker closed, an outage")).hasSize(5);
  }

  @Test
  void hostsAreForgottenOnceTheyAreUnusedAndNeverTooMany() {
    for (int i = 0; i < 1000; i++) {
      crowd
          .rig
          .engine
          .open(Exchanges.to("https://h" + i + ".example.com/"), crowd.rig.abort)
          .completed();
    }
    assertThat(crowd.rig.engine.breakers().facts()).hasSize(256);

    crowd.rig.run(Duration.ofMinutes(7));

    assertThat(crowd.rig.engine.breakers().facts()).isEmpty();
    crowd.silent(30);
    crowd.rig.run(Duration.ofSeconds(2));
    assertThat(crowd.rig.abort.aborts).isEqualTo(16);
  }
}
