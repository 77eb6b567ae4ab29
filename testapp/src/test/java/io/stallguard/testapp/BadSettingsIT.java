package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An app whose operator got everything wrong: one line a mistake, and it runs by the defaults. */
class BadSettingsIT {
  private static final String DURATION =
      "expected a duration above zero such as 500ms, 60s, 5m, 1h or PT60S";
  private static final String FLAG = "expected true or false";

  /** By setting: a bad value and what is expected instead. */
  private static final Map<String, List<String>> BAD_VALUES = new LinkedHashMap<>();

  /** By unknown name: the nearest there is. */
  private static final Map<String, String> UNKNOWN =
      Map.of("idel", "idle", "instrumentation.okhtp.enabled", "instrumentation.okhttp.enabled");

  static {
    BAD_VALUES.put("idle", List.of("soon", DURATION));
    BAD_VALUES.put("first-byte", List.of("-1s", DURATION));
    BAD_VALUES.put("total", List.of("0s", DURATION));
    BAD_VALUES.put("mode", List.of("strict", "expected enforce, observe or off"));
    BAD_VALUES.put("enabled", List.of("yes", FLAG));
    BAD_VALUES.put("instrumentation.okhttp.enabled", List.of("no", FLAG));
    BAD_VALUES.put("content-types", List.of("event-stream", "expected media types such as"));
    BAD_VALUES.put("exclude", List.of("http://host", "expected "));
  }

  @Test
  void tellsEachMistakeOnceAndGoesByTheDefaults() {
    try (StallServer server = StallServer.start();
        ProbeProcess process = ProbeProcess.start(command(server))) {
      Outcome outcome = process.run(JobLine.of(server, "stream", Protocol.H1, Scenario.OK, ""));
      List<String> err = new ArrayList<>(process.end());

      assertThat(outcome.ending()).isEqualTo("END");
      assertThat(err.remove(err.size() - 1)).contains(" coverage: 1 stream guarded (");
      BAD_VALUES.forEach((name, bad) -> isTold(err, name, bad.get(0), bad.get(1)));
      UNKNOWN.forEach((name, nearest) -> isUnknown(err, name, nearest));
      assertThat(err).filteredOn(line -> line.contains("stallguard.bogus (agent arg")).hasSize(1);
      assertThat(err).hasSize(BAD_VALUES.size() + UNKNOWN.size() + 2);
      assertThat(err)
          .last()
          .asString()
          .contains(
              ": mode=observe (system property stallguard.mode, not understood),"
                  + " idle=300 s (default), breaker.share=off (");
    }
  }

  private static JavaCommand command(StallServer server) {
    JavaCommand command =
        ProbeProcess.command(Jdks.find().jdk(17), "HttpUrlConnectionProbe", List.of(), server)
            .agent(ProbeProcess.agent(), "bogus=1");
    BAD_VALUES.forEach((name, bad) -> command.property("stallguard." + name, bad.get(0)));
    UNKNOWN.keySet().forEach(name -> command.property("stallguard." + name, "3s"));
    return command;
  }

  private static void isTold(List<String> err, String name, String value, String expected) {
    String key = "stallguard." + name;
    String line = "[stallguard] " + key + "=" + value + " (system property " + key + ") ignored";
    assertThat(err)
        .filteredOn(text -> text.startsWith("[stallguard] " + key + "="))
        .singleElement()
        .asString()
        .startsWith(line + ", " + (name.equals("mode") ? "observe" : "the default") + " holds: ")
        .contains(expected);
  }

  private static void isUnknown(List<String> err, String name, String nearest) {
    String key = "stallguard." + name;
    assertThat(err)
        .filteredOn(text -> text.startsWith("[stallguard] unknown setting " + key + " ("))
        .singleElement()
        .asString()
        .contains("(system property " + key + ") ignored")
        .contains("did you mean stallguard." + nearest + ", ")
        .endsWith("?");
  }
}
