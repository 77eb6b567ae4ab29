package io.stallguard.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Inside;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.Unanswered;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.words.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  private static final String STRING = "\"(?:[ !#-\\[\\]-~]++|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*+\"";
  private static final String VALUE = "(?:" + STRING + "|[0-9.]++|\\[(?:" + STRING + ",?)*+\\])";
  private static final String OBJECT =
      "\\{" + STRING + ":" + VALUE + "(?:," + STRING + ":" + VALUE + ")*+\\}";

  private final List<String> log = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void aStallIsOneJsonObjectOnOneLine() {
    Guard guard = stalled();
    Stall stall = Inside.stall(guard, 5_000_000_000L);

    json().observed(stall, Thread.currentThread().getStackTrace());

    assertThat(log)
        .singleElement()
        .asString()
        .matches(OBJECT)
        .contains(
            "\"event\":\"stall\"",
            "\"client\":\"okhttp\"",
            "\"method\":\"POST\"",
            "\"host\":\"api.example.com\"",
            "\"port\":443",
            "\"path\":\"/v1/messages\"",
            "\"limit\":\"idle\"",
            "\"limitSeconds\":1.000",
            "\"limitSource\":\"agent argument\"",
            "\"silentSeconds\":5.000",
            "\"bytes\":7",
            "\"action\":\"observed\"",
            "\"stack\":[\"");
  }

  @Test
  void aVerdictThatNobodyGivesIsOneJsonObjectOnOneLine() {
    Guard guard = stalled();
    Stall stall = Inside.stall(guard, 5_000_000_000L);

    json()
        .unanswered(
            new Unanswered(stall, Holdup.of("its loop", Thread.currentThread()), 4_000_000_000L));

    assertThat(log)
        .singleElement()
        .asString()
        .matches(OBJECT)
        .contains(
            "\"event\":\"unanswered\"",
            "\"limit\":\"idle\"",
            "\"stack\":[\"thread \\\"" + Thread.currentThread().getName() + "\\\", RUNNABLE\"",
            "\"holdup\":\"its loop\"",
            "\"waitedSeconds\":4.000",
            "\"action\":\"put off\"");
  }

  @Test
  void foreignTextCannotBreakALine() {
    String line = new JsonObject().text("a", "\"\\\n\u2028\u00e9\u0000\ud83d\ude00").end();

    assertThat(line)
        .isEqualTo("{\"a\":\"\\\"\\\\\\u000a\\u2028\\u00e9\\u0000\\ud83d\\ude00\"}")
        .matches(OBJECT);
  }

  @Test
  void everythingElseIsJsonToo() {
    json().warn("a \"b\"");
    json().accept("e");

    assertThat(log).hasSize(2).allMatch(line -> line.matches(OBJECT));
    assertThat(log.get(0)).contains("\"event\":\"warning\",\"message\":\"a \\\"b\\\"\"");
  }

  @Test
  void aLevelHidesWhatIsBelowIt() {
    Reports reports = new Reports(LogLevel.ERROR, new TextReports(), log::add);

    reports.inform("what somebody did");
    reports.warn("what happened");
    reports.accept("an error");

    assertThat(log).containsExactly("an error");
  }

  @Test
  void eachLineHasTheLevelThatLetsItPass() {
    List<LogLevel> levels = new ArrayList<>();
    Log stamps = (level, line) -> levels.add(level);
    Reports reports = new Reports(LogLevel.INFO, new TextReports(), stamps);

    reports.inform("what somebody did");
    reports.covered("the sums");
    reports.uncovered("a client");
    reports.truncated("a stream");
    reports.accept("an error");

    assertThat(levels)
        .containsExactly(
            LogLevel.INFO, LogLevel.INFO, LogLevel.WARN, LogLevel.WARN, LogLevel.ERROR);
  }

  @Test
  void aFileIsRotatedAndTheOldestIsDropped() throws IOException {
    Path file = folder.resolve("x.log");
    LogFile reports = new LogFile(file.toString(), false, log::add, 10);

    for (int i = 0; i < 7; i++) {
      reports.accept("report number " + i);
    }

    assertThat(Files.readString(file)).startsWith("report number 6");
    assertThat(Files.readString(folder.resolve("x.log.4"))).startsWith("report number 2");
    assertThat(folder.toFile().list()).hasSize(5);
    assertThat(log).isEmpty();
  }

  @Test
  void whatTheFileCannotTakeGoesElsewhere() {
    LogFile reports = new LogFile(folder.resolve("no/x.log").toString(), true, log::add);

    reports.accept("a report");

    assertThat(log).hasSize(2).startsWith("a report");
    assertThat(log.get(1)).startsWith("log.file cannot be written: java.nio.file.NoSuchFile");
  }

  @Test
  void whatIsTooMuchForAMinuteIsCounted() {
    Rig rig = new Rig("idle=1s,breaker.share=off");
    for (int i = 0; i < 100; i++) {
      rig.open().awaiting();
    }
    rig.run(Duration.ofSeconds(70));

    assertThat(rig.log).filteredOn(line -> line.startsWith("stream stalled")).hasSize(60);
    assertThat(rig.log)
        .last()
        .isEqualTo("40 more reports of the last minute were left out; all stalls are counted");
    assertThat(rig.counters().stalled()).containsEntry("first-byte", 100L);
  }

  @Test
  void silencesThatEndAreReportsToo() {
    Rig rig = new Rig("idle=1s,mode=observe,log.per-minute=3");
    List<Guard> guards = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      guards.add(rig.open());
    }
    guards.forEach(Guard::awaiting);
    rig.run(Duration.ofSeconds(2));
    guards.forEach(guard -> guard.arrived(7));
    rig.run(Duration.ofSeconds(70));

    assertThat(rig.log).filteredOn(line -> line.startsWith("stream stalled")).hasSize(2);
    assertThat(rig.log).filteredOn(line -> line.startsWith("stream resumed")).hasSize(1);
    assertThat(rig.log)
        .last()
        .isEqualTo("1 more reports of the last minute were left out; all stalls are counted");
    assertThat(rig.counters().resumed()).isEqualTo(2);
  }

  private Reports json() {
    return new Reports(LogLevel.INFO, new JsonReports(), log::add);
  }

  private static Guard stalled() {
    Guard guard = new Rig("idle=1s").open();
    guard.awaiting();
    guard.arrived(7);
    return guard;
  }
}
