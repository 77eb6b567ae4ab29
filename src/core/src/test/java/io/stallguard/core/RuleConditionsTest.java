package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.settings.Policy;
import io.stallguard.core.settings.Setting;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsCase;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that tell streams from calls that are not streamed, on the same path. */
class RuleConditionsTest extends SettingsCase {
  private static final String URL = "https://llm.com/v1/chat/completions";
  private static final String JSON = "application/json";
  private static final String STREAM = "text/event-stream";
  private static final String WHOLE =
      "idle=60s,rule.whole.match=llm.com,rule.whole.content-types=application/json,"
          + "rule.whole.idle=10m";

  private Settings settings;

  @Test
  void aMediaTypeOfARuleIsGuardedForItsTargetsByItsLimits() {
    Policy policy = policy(WHOLE);

    assertThat(idle(policy, JSON + "; charset=utf-8"))
        .isEqualTo("idle=600 s (rule whole, agent argument)");
    assertThat(idle(policy, STREAM)).isEqualTo("idle=60 s (agent argument)");
    assertThat(policy.limitsFor(answer("text/html", null))).isNull();
    assertThat(policy.limitsFor(Exchanges.of("POST", "https://other.com/", JSON))).isNull();
  }

  @Test
  void suchABodyHasToBeSelectedAllTheSame() {
    assertThat(policy(WHOLE + ",exclude=*/v1/*").limitsFor(answer(JSON, null))).isNull();
    assertThat(policy(WHOLE + ",methods=GET").limitsFor(answer(JSON, null))).isNull();
  }

  @Test
  void aRuleMayBeThereForItsMediaTypeAlone() {
    Policy policy = policy("idle=60s,rule.a.match=llm.com,rule.a.content-types=+application/json");

    assertThat(idle(policy, JSON)).isEqualTo("idle=60 s (agent argument)");
    assertThat(idle(policy, STREAM)).isEqualTo("idle=60 s (agent argument)");
  }

  @Test
  void beforeTheHeadNoRuleForMediaTypesHolds() {
    policy("head=20s,rule.a.match=llm.com,rule.a.content-types=*,rule.a.head=1s");

    assertThat(head(request(JSON))).isEqualTo("head=20 s (agent argument)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream | 20 s (rule stream, agent argument)",
        "TEXT/Event-Stream;q=0.9 | 20 s (rule stream, agent argument)",
        "application/json, text/event-stream | 20 s (rule stream, agent argument)",
        "text/event-streams | 600 s (agent argument)",
        "application/json | 600 s (agent argument)",
        "*/* | 600 s (agent argument)",
        "'' | 600 s (agent argument)",
        "| 600 s (agent argument)",
      })
  void aRuleForWhatClientsAcceptHoldsBeforeTheHead(@Nullable String accept, String head) {
    policy(
        "head=10m,rule.stream.match=llm.com,rule.stream.accept=text/event-stream,"
            + "rule.stream.head=20s");

    assertThat(head(request(accept))).isEqualTo("head=" + head);
  }

  @ParameterizedTest
  @CsvSource({
    "*, a/b, true",
    "*, , false",
    "*/*, */*, true",
    "a/*, a/b, false",
    "a/*, 'x/y, a/*', true"
  })
  void acceptIsComparedAsItIsWritten(String rule, @Nullable String accept, boolean holds) {
    Policy policy = policy("rule.a.match=llm.com,rule.a.accept=" + rule + ",rule.a.head=20s");

    assertThat(policy.headLimitsFor(request(accept)) != null).isEqualTo(holds);
  }

  @Test
  void acceptIsComparedAfterTheHeadToo() {
    Policy policy = policy("rule.a.match=llm.com,rule.a.accept=text/event-stream,rule.a.idle=20s");

    assertThat(idle(policy, STREAM)).isEqualTo("idle=5m; off for a subscription (default)");
    assertThat(settings.choicesFor(answer(STREAM, STREAM)).shown(Setting.IDLE))
        .isEqualTo("idle=20 s (rule a, agent argument)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "z"})
  void ofRulesForTheSameTargetsTheOneWithMoreConditionsWins(String id) {
    Policy policy =
        policy(
            "rule.m.match=llm.com,rule.m.idle=1m,rule.ID.match=llm.com,".replace("ID", id)
                + "rule.ID.content-types=application/json,rule.ID.idle=2m".replace("ID", id));

    assertThat(idle(policy, JSON)).startsWith("idle=120 s");
    assertThat(idle(policy, STREAM)).startsWith("idle=60 s");
  }

  @Test
  void aRuleForATargetThatIsNarrowerWinsOverOneWithConditions() {
    Policy policy = policy(WHOLE + ",rule.path.match=llm.com/v1/*,rule.path.idle=7m");

    assertThat(idle(policy, JSON)).startsWith("idle=420 s");
  }

  @Test
  void noRuleWithConditionsReachesASocket() {
    Policy policy =
        policy("sockets=llm.com:1,rule.a.match=llm.com,rule.a.content-types=*,rule.a.idle=20s");
    InetSocketAddress peer = InetSocketAddress.createUnresolved("llm.com", 1);

    Exchange socket = Exchange.ofSocket("test", peer);

    assertThat(policy.limitsForSocket("test", peer)).isNotNull();
    assertThat(settings.choicesFor(socket).has(Setting.IDLE)).isFalse();
  }

  @Test
  void aRuleThatBeginsToHoldReachesWhatIsOpen() {
    Rig rig = new Rig(WHOLE);
    Guard guard = rig.engine.open(answer(JSON, null), rig.abort);

    assertThat(guard).isNotNull();
    assertThat(rig.engine.open(answer("text/html", null), rig.abort)).isNull();
  }

  private Policy policy(String arguments) {
    settings = read(arguments);
    assertThat(problems).isEmpty();
    return new Policy(settings);
  }

  /** Of an answer that is guarded. */
  private String idle(Policy policy, String contentType) {
    assertThat(policy.limitsFor(answer(contentType, null))).isNotNull();
    return settings.choicesFor(answer(contentType, null)).shown(Setting.IDLE);
  }

  private String head(Exchange request) {
    return settings.choicesFor(request).shown(Setting.HEAD);
  }

  private static Exchange request(@Nullable String accept) {
    return Exchange.of("okhttp")
        .request("POST", URI.create(URL))
        .requestHeaders(name -> name.equals("Accept") ? accept : null)
        .build();
  }

  private static Exchange answer(String contentType, @Nullable String accept) {
    return Exchange.of("okhttp")
        .request("POST", URI.create(URL))
        .requestHeaders(name -> name.equals("Accept") ? accept : null)
        .response("HTTP/1.1", 200, contentType)
        .build();
  }
}
