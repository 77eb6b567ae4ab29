package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.report.Printed;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits for a connection, for how long, and what comes of it. */
class ConnectLimitsTest {
  private static final SocketTimeoutException TIMEOUT = new SocketTimeoutException("timed out");
  private static final String EXCEEDED =
      "connect limit of 2 s exceeded: no connection to example.com:443 (10.0.0.1:443) for 2.001 s;"
          + " nothing delivered: safe to retry";

  @Test
  void leavesConnectsAloneByDefault() {
    assertThat(begin(new Rig(""), 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2001, 180_000})
  void takesThePlaceOfNoLimitAndOfALongerOne(long ownMillis) {
    assertThat(begin(new Rig("connect=2s"), ownMillis).getAsInt()).isEqualTo(2000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1999, 2000})
  void leavesALimitThatIsNotLonger(long ownMillis) {
    assertThat(begin(new Rig("connect=2s"), ownMillis)).isNull();
  }

  @Test
  void leavesConnectsAloneUnderALimitThatNoTimerOfTheJdkCanHave() {
    assertThat(begin(new Rig("connect=600h"), 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode=off",
        "exclude=example.com",
        "exclude=*:443",
        "include=other.com",
        "include=example.com/v1/*",
        "rule.a.match=example.com:443,rule.a.connect=off",
        "rule.a.match=*.com,rule.a.mode=off"
      })
  void leavesAloneWhatTheSettingsSay(String settings) {
    assertThat(begin(new Rig("connect=2s," + settings), 0)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"example.com:443, 5000", "example.com/v1/*, 2000", "other.com, 2000"})
  void goesByTheRulesForHostAndPort(String match, int millis) {
    Rig rig = new Rig("connect=2s,rule.a.match=" + match + ",rule.a.connect=5s");

    assertThat(begin(rig, 0).getAsInt()).isEqualTo(millis);
  }

  @Test
  void hasALimitWhereARuleAloneSetsOne() {
    Rig rig = new Rig("rule.a.match=example.com,rule.a.connect=3s");

    assertThat(begin(rig, 0).getAsInt()).isEqualTo(3000);
  }

  @Test
  void goesByTheSettingsAsTheyAreNow() {
    Rig rig = new Rig("");

    rig.engine.change("connect=1500ms", "test");
    assertThat(begin(rig, 0).getAsInt()).isEqualTo(1500);

    rig.engine.reset("test");
    assertThat(begin(rig, 0)).isNull();
  }

  @Test
  void aTimeoutAtTheLimitBecomesAStall() {
    Rig rig = new Rig("connect=2s");

    Object shown = over(rig, 0, 2001, TIMEOUT);

    assertThat(shown).isInstanceOf(StallTimeoutException.class);
    assertThat((Throwable) shown).hasMessage(EXCEEDED).hasCause(TIMEOUT);
  }

  @Test
  void aStallIsCountedAndToldInOneLine() {
    Rig rig = new Rig("connect=2s");

    over(rig, 0, 2001, TIMEOUT);
    rig.tick();

    assertThat(rig.engine.counters().stalled()).containsOnlyKeys("connect").containsValue(1L);
    assertThat(rig.log)
        .singleElement()
        .asString()
        .isEqualTo(
            "connection stalled, given up: "
                + EXCEEDED
                + "; client java-sockets, connect=2 s (agent argument), waiting thread \""
                + Thread.currentThread().getName()
                + "\"");
  }

  @Test
  void whatTheEndOfTheJvmFindsUntoldIsToldByIt() {
    Rig rig = new Rig("connect=2s");
    over(rig, 0, 2001, TIMEOUT);

    rig.engine.watchdog().notices().passOn();
    rig.engine.household().flush(null);

    assertThat(rig.log).hasSize(1);
  }

  @Test
  void everyOtherOutcomeIsTheApps() {
    Rig rig = new Rig("connect=2s");
    ConnectException refused = new ConnectException("refused");
    StallTimeoutException below = new StallTimeoutException("of a proxy", null);

    assertThat(over(rig, 0, 2001, null)).isNull();
    assertThat(over(rig, 0, 2001, refused)).isSameAs(refused);
    assertThat(over(rig, 0, 2001, below)).isSameAs(below);
    assertThat(over(rig, 0, 1900, TIMEOUT)).as("of a read from a proxy").isSameAs(TIMEOUT);
    rig.tick();
    assertThat(rig.log).isEmpty();
  }

  @Test
  void inModeObserveTheClientsOwnLimitStaysAndWhatTookLongerIsToldOnce() {
    Rig rig = new Rig("connect=2s,mode=observe");

    assertThat(begin(rig, 9000).getAsInt()).isEqualTo(9000);
    assertThat(over(rig, 9000, 9000, TIMEOUT)).isSameAs(TIMEOUT);
    assertThat(over(rig, 0, 3000, null)).isNull();
    assertThat(over(rig, 0, 1000, null)).isNull();

    rig.tick();
    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.get(0)).contains("(mode=observe)", "no connection to", "for 9 s; nothing");
    assertThat(rig.log.get(1))
        .contains("connected to example.com:443 (10.0.0.1:443) after 3 s; client");
    assertThat(rig.engine.counters().stalled()).containsValue(2L);
  }

  @Test
  void theBreakerLiftsNoLimitOnConnects() {
    Rig rig = new Rig("connect=2s,idle=1s,breaker.streams=1,breaker.share=1%");
    Guard stalled = rig.open();
    stalled.awaiting();
    rig.run(Duration.ofSeconds(2));
    assertThat(stalled.isStalled()).isTrue();
    assertThat(rig.engine.breakers().open()).isEqualTo(1);

    assertThat(begin(rig, 9000).getAsInt()).isEqualTo(2000);
  }

  @Test
  void aStallIsAnObjectOfJson() {
    ConnectStall stall =
        new ConnectStall(
            Exchange.of("java-sockets").request("CONNECT", "tcp", "a.com", 443, null).build(),
            new Limit(LimitKind.CONNECT, Duration.ofSeconds(2).toNanos(), "test"),
            true,
            Duration.ofSeconds(2).toNanos(),
            TIMEOUT);

    assertThat(Printed.json(stall))
        .startsWith("{\"time\":\"")
        .contains("\"event\":\"stall\"", "\"host\":\"a.com\"", "\"port\":443")
        .contains("\"limit\":\"connect\"", "\"limitSeconds\":2.000", "\"action\":\"given up\"")
        .contains("no connection to a.com:443 for 2 s")
        .endsWith("}");
  }

  private static @Nullable Object over(
      Rig rig, long ownMillis, long waitedMillis, @Nullable Throwable thrown) {
    ConnectWait wait = begin(rig, ownMillis);
    rig.clock.advance(Duration.ofMillis(waitedMillis));
    return wait.apply(thrown);
  }

  @SuppressWarnings("NullAway") // Some tests want it to be null.
  private static ConnectWait begin(Rig rig, long ownMillis) {
    return new ConnectLimits(rig.engine, rig.clock).begin("java-sockets", peer(), ownMillis);
  }

  private static InetSocketAddress peer() {
    try {
      byte[] address = {10, 0, 0, 1};
      return new InetSocketAddress(InetAddress.getByAddress("example.com", address), 443);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
