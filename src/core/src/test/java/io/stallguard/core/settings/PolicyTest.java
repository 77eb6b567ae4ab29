package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.body.EventNames;
import io.stallguard.core.body.Heartbeats;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Mode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final Heartbeats NONE = Heartbeats.NONE;
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private static final String URI = "https://api.example.com/v1/messages";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream",
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/json-seq",
        "application/stream+json",
        "application/vnd.amazon.eventstream",
        "APPLICATION/X-NDJSON; charset=utf-8"
      })
  void streamedMediaTypesAreGuarded(String type) {
    assertThat(limits("", Exchanges.of("POST", URI, type))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/json", "text/html", "application/octet-stream"})
  void otherMediaTypesAreLeftAlone(String type) {
    assertThat(limits("", Exchanges.of("POST", URI, type))).isNull();
  }

  @Test
  void aStarGuardsEveryMediaTypeAndNone() {
    assertThat(limits("content-types=*", Exchanges.of("POST", URI, "image/png"))).isNotNull();
    assertThat(limits("content-types=*", Exchanges.of("POST", URI, null))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 400, 429, 500, 599})
  void anyStatusIsGuarded(int status) {
    assertThat(limits("", Exchanges.of("POST", URI, status, "text/event-stream"))).isNotNull();
  }

  @Test
  void upgradesAndTunnelsAreNeverTouched() {
    Exchange upgrade = Exchanges.of("POST", URI, 101, "text/event-stream");
    Exchange tunnel = Exchanges.of("connect", URI, 200, "text/event-stream");

    assertThat(limits("content-types=*", upgrade)).isNull();
    assertThat(limits("content-types=*", tunnel)).isNull();
  }

  @Test
  void modeOffLimitsNothing() {
    Limits limits = limits("mode=off,idle=1s,total=1s,heartbeats=tick", Exchanges.reply());

    assertThat(limits.mode()).isEqualTo(Mode.OFF);
    assertThat(limits.shortestNanos()).isGreaterThan(Limit.OFF_NANOS / 2);
    assertThat(limits.shortestSilenceNanos()).isGreaterThan(Limit.OFF_NANOS / 2);
    assertThat(limits.names()).isNotSameAs(EventNames.STANDARD);
    assertThat(
            limits(
                "mode=off", Exchanges.of("POST", "https://api.example.com/", "application/json")))
        .isNull();
  }

  @Test
  void methodsNarrow() {
    assertThat(limits("methods=put,post", Exchanges.reply())).isNotNull();
    assertThat(limits("methods=GET", Exchanges.reply())).isNull();
  }

  @Test
  void includeNarrowsAndExcludeWins() {
    Exchange exchange = Exchanges.reply();

    assertThat(limits("include=*.example.com", exchange)).isNotNull();
    assertThat(limits("include=a.com,b.com", exchange)).isNull();
    assertThat(limits("exclude=api.example.com/v1/*", exchange)).isNull();
    assertThat(limits("include=*,exclude=*.example.com", exchange)).isNull();
    assertThat(limits("exclude=a.com,b.com", exchange)).isNotNull();
  }

  @Test
  void anIdleLimitThatIsSetHoldsForRepliesAndSubscriptionsAndForTheirFirstByte() {
    Limits limits = limits("idle=60s", Exchanges.reply());

    assertThat(limits.ofReply(true, true)).hasToString("idle=60 s (agent argument)");
    assertThat(limits.ofReply(false, false)).hasToString("first-byte=60 s (agent argument)");
    assertThat(limits.ofSubscription(true, true, NONE)).hasToString("idle=60 s (agent argument)");
    assertThat(limits.ofSubscription(false, false, NONE))
        .hasToString("first-byte=60 s (agent argument)");
    assertThat(limits.total().isOff()).isTrue();
  }

  @Test
  void theFirstByteMayHaveALimitOfItsOwn() {
    Limits limits = limits("first-byte=10s", Exchanges.reply());

    assertThat(limits.ofReply(false, false)).hasToString("first-byte=10 s (agent argument)");
    assertThat(limits.ofReply(true, false)).hasToString("idle=300 s (default)");
    assertThat(limits.ofSubscription(false, false, NONE))
        .hasToString("first-byte=10 s (agent argument)");
    assertThat(limits.ofSubscription(true, true, NONE).isOff()).isTrue();
  }

  @Test
  void aShortIdleLimitIsAMinuteBeforeTheFirstContentUnlessFirstByteIsSet() {
    Limits copied = limits("idle=10s", Exchanges.reply());
    Limits meant = limits("idle=10s,first-byte=20s", Exchanges.reply());

    assertThat(copied.ofReply(false, false).nanos()).isEqualTo(MINUTE_NANOS);
    assertThat(copied.ofReply(true, false))
        .hasToString(
            "idle=60 s (default until the first content, as first-byte is not set; then idle=10 s"
                + " (agent argument))");
    assertThat(copied.ofReply(true, true)).hasToString("idle=10 s (agent argument)");
    assertThat(copied.ofSubscription(true, true, NONE)).hasToString("idle=10 s (agent argument)");
    assertThat(meant.ofReply(false, false)).hasToString("first-byte=20 s (agent argument)");
    assertThat(meant.ofReply(true, false)).hasToString("idle=10 s (agent argument)");
  }

  @Test
  void aSubscriptionMayBeSilentForEverByDefault() {
    Limits limits = limits("", Exchanges.subscription());

    assertThat(limits.ofSubscription(true, true, NONE).isOff()).isTrue();
    assertThat(limits.ofSubscription(false, false, NONE).isOff()).isTrue();
    assertThat(limits.eventsOfSubscription().isOff()).isTrue();
  }

  @Test
  void aStreamWithoutAnyLimitIsKnown() {
    Limits limits = limits("idle=off,event-idle=off,done-grace=off", Exchanges.reply());

    assertThat(limits.shortestSilenceNanos()).isEqualTo(Limit.OFF_NANOS);
    assertThat(limits.mode()).isEqualTo(Mode.ENFORCE);
  }

  @Test
  void aSocketIsGuardedIfItIsNamedByHostOrAddress() throws UnknownHostException {
    InetSocketAddress peer =
        new InetSocketAddress(InetAddress.getByAddress("db.internal", new byte[] {10, 0, 0, 7}), 5);

    assertThat(socketLimits("idle=60s,sockets=db.internal:5", peer).ofReply(true, true))
        .hasToString("idle=60 s (agent argument)");
    assertThat(socketLimits("sockets=a:1,10.0.0.*:*", peer)).isNotNull();
    assertThat(socketLimits("sockets=db.internal:6", peer)).isNull();
    assertThat(socketLimits("", peer)).isNull();
  }

  @Test
  void aNamedSocketHasNoLimitButIdle() {
    InetSocketAddress peer = InetSocketAddress.createUnresolved("a", 1);
    Limits limits = socketLimits("first-byte=1s,total=1h,event-idle=1s,sockets=a:1", peer);

    assertThat(limits.ofReply(false, false)).isEqualTo(limits.ofReply(true, true));
    assertThat(limits.total().isOff()).isTrue();
    assertThat(limits.ignoresDone()).isTrue();
    assertThat(limits.shortestSilenceNanos()).isEqualTo(limits.ofReply(true, true).nanos());
  }

  @Test
  void aNamedSocketHasNoLimitWhereNoneIsSetOrAllIsOff() {
    InetSocketAddress peer = InetSocketAddress.createUnresolved("a", 1);

    assertThat(socketLimits("idle=off,sockets=a:1", peer).ofReply(true, true).isOff()).isTrue();
    assertThat(socketLimits("mode=off,sockets=a:1", peer).ofReply(true, true).isOff()).isTrue();
  }

  @Test
  void aRuleReachesANamedSocket() {
    InetSocketAddress peer = InetSocketAddress.createUnresolved("a", 1);
    String rule = "sockets=a:*,idle=60s,rule.slow.match=a:1,rule.slow.idle=5m,";

    assertThat(socketLimits(rule + "rule.slow.mode=observe", peer).ofReply(true, true).nanos())
        .isEqualTo(Duration.ofMinutes(5).toNanos());
    assertThat(socketLimits(rule + "rule.slow.mode=observe", peer).mode()).isEqualTo(Mode.OBSERVE);
    assertThat(
            socketLimits(rule, InetSocketAddress.createUnresolved("a", 2))
                .ofReply(true, true)
                .nanos())
        .isEqualTo(Duration.ofMinutes(1).toNanos());
  }

  private static Limits limits(String arguments, Exchange exchange) {
    return policy(arguments).limitsFor(exchange);
  }

  private static Limits socketLimits(String arguments, InetSocketAddress peer) {
    return policy(arguments).limitsForSocket("test", peer);
  }

  private static Policy policy(String arguments) {
    List<String> problems = new ArrayList<>();
    Settings settings =
        SettingsReader.read(arguments, new Properties(), Map.of(), Set.of(), problems::add);
    assertThat(problems).isEmpty();
    return new Policy(settings);
  }
}
