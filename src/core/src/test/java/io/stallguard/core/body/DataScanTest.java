package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataScanTest {
  private final DataScan scan = new DataScan(EventNames.STANDARD, true);

  private DataScan scan(String data) {
    return scan(this.scan, data);
  }

  private static DataScan scan(DataScan scan, String data) {
    byte[] bytes = data.getBytes(UTF_8);
    scan.begin();
    for (int i = 0; i < bytes.length; i++) {
      scan.next(bytes, i, i + 1);
    }
    String whole = facts(scan);
    for (int cut = 0; cut <= bytes.length; cut++) {
      scan.begin();
      scan.next(bytes, 0, cut);
      scan.next(bytes, cut, bytes.length);
      assertThat(facts(scan)).as("%s cut at %s", data, cut).isEqualTo(whole);
    }
    return scan;
  }

  private static String facts(DataScan scan) {
    StringBuilder facts = new StringBuilder();
    for (Key key : Key.values()) {
      facts.append(scan.data().has(key)).append(scan.data().hasInside(key));
      facts.append(scan.data().isFlag(key)).append(scan.data().isEmpty(key));
    }
    return facts
        .append(scan.data().reason())
        .append(scan.data().isDeltaFilled())
        .append(scan.data().isEmptyObject())
        .append(scan.findings().type())
        .append(scan.findings().event())
        .append(scan.findings().errorName())
        .append(scan.findings().item() != null)
        .append(scan.isWhole())
        .toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"finish_reason\":null} | NONE",
        "{\"finish_reason\":\"stop\"} | WHOLE",
        "{\"choices\":[{\"finish_reason\" : \"length\"}]} | WHOLE",
        "{\"finishReason\":\"STOP\"} | WHOLE",
        "{\"stop_reason\":\"end_turn\"} | WHOLE",
        "{\"stop_reason\":\"tool_use\"} | TOOL",
        "{\"finish_reason\":\"tool_calls\"} | TOOL",
        "{\"finish_reason\":\"function_call\"} | TOOL",
        "{\"finish_reason\":\"null\"} | NONE",
        "{\"stop_reason\":\"NOT_FINISHED\"} | NONE",
        "{\"finish_reason\":\"a value of more than thirty-two bytes\"} | NONE",
        "{\"finish_reason\":true} | NONE",
        "{\"text\":\"\\\"finish_reason\\\":\\\"stop\\\"\"} | NONE",
        "{\"text\":\"say \\\"finish_reason\\\":\\\"stop\\\",\"} | NONE",
        "{\"x\":\"finish_reason\",\"y\":\"stop\"} | NONE",
      })
  void finishReasonsAreFoundAtAnyDepthAndAnyDistance(String data, Reason reason) {
    assertThat(scan(data).data().reason()).isEqualTo(reason);
    String far = "{\"pad\":\"" + "far ".repeat(1100) + "\",\"output\":" + data + "}";
    assertThat(scan(far).data().reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[{\"finish_reason\":\"length\"}]}",
        "{\"a\":{\"choices\":[{\"finish_reason\":\"stop\"}]}}",
        "{\"choices\":[{\"a\":{\"finish_reason\":\"stop\"},\"finish_reason\":null}]}",
        "{\"delta\":{\"a\":{\"stop_reason\":\"end_turn\"}},\"model\":\"m\"}",
      })
  void noReasonCountsUnderAKeyThatNobodyKnows(String data) {
    assertThat(scan(data).data().reason()).isEqualTo(Reason.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ping\",\"a\":{\"type\":\"x\"}}",
        "{\"a\":{\"type\":\"x\"},\"type\":\"ping\"}",
        "{\"a\":[{\"type\":\"x\"},{}],\"b\":\"{\",\"type\":\"ping\"}",
        " { \"a\" : \"\\\\\" , \"type\" : \"ping\" } "
      })
  void theTypeIsThatOfTheOutermostObject(String data) {
    assertThat(scan(data).findings().type()).hasToString("ping");
  }

  @Test
  void whatStandsFurtherInIsToldApart() {
    scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}],\"usage\":null}");

    assertThat(scan.data().has(Key.CHOICES)).isTrue();
    assertThat(scan.data().isEmpty(Key.CHOICES)).isFalse();
    assertThat(scan.data().hasInside(Key.DELTA)).isTrue();
    assertThat(scan.data().isDeltaFilled()).isFalse();
    assertThat(scan.data().has(Key.USAGE)).isFalse();
    assertThat(scan.isWhole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"choices\":[]}", "{\"choices\": [ ] }", "{\"choices\":{}}"})
  void emptyContainersAreEmpty(String data) {
    assertThat(scan(data).data().isEmpty(Key.CHOICES)).isTrue();
  }

  @Test
  void anErrorIsNamedByItsKindOnly() {
    scan("{\"error\":{\"message\":\"a secret\",\"type\":\"server_error\",\"code\":503}}");
    assertThat(scan.findings().errorName()).isEqualTo("server_error, 503");

    scan("{\"error\":{\"type\":\"words and\\u0000more\",\"code\":\"c\"}}");
    assertThat(scan.findings().errorName()).isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"final\":true}",
        "{\"deep\":{\"final\" : true}}",
        "{\"state\":\"over\"}",
        "{\"reason\":{\"why\":1}}",
        "{\"reason\":\"any\"}"
      })
  void anOperatorsKeysAreFoundAtAnyDistance(String data) {
    EventNames names =
        new EventNames(List.of(), List.of("\"final\":true", "\"state\":\"over\"", "\"reason\":"));
    DataScan own = new DataScan(names, true);
    String far = "{\"pad\":\"" + "far ".repeat(1100) + "\",\"in\":" + data + "}";

    assertThat(scan(own, data).findings().item()).isNotNull();
    assertThat(scan(own, far).findings().item()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"final\":false}", "{\"state\":\"open\"}", "{\"reason\":null}"})
  void otherValuesOfAnOperatorsKeysSayNothing(String data) {
    EventNames names =
        new EventNames(List.of(), List.of("\"final\":true", "\"state\":\"over\"", "\"reason\":"));

    assertThat(scan(new DataScan(names, true), data).findings().item()).isNull();
  }
}
