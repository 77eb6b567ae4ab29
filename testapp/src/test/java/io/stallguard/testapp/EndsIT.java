package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What looks like a proper end to all clients, and leaves an answer that is none: half of another
 * one behind the first, and the provider's word that it failed.
 */
class EndsIT {
  private static final Map<Scenario, String> SAID =
      Map.of(
          Scenario.HALF_AGAIN, " after its head, without its terminal event; ",
          Scenario.ERROR_CLOSE, " after its head, after the provider's error overloaded_error; ");

  @Test
  void noClientTakesHalfAnAnswerForAWholeOne() {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                Jdks.find().jdk(17),
                "EveryProbe",
                AllClients.classPath(),
                server,
                Map.of("stallguard.truncated", "throw"))) {
      List<JobLine> whole = jobs(server, Scenario.OK);
      List<JobLine> all = new ArrayList<>(whole);
      SAID.keySet().forEach(scenario -> all.addAll(jobs(server, scenario)));

      Map<String, Outcome> outcomes = process.run(all);

      SoftAssertions softly = new SoftAssertions();
      whole.forEach(
          job -> softly.assertThat(outcomes.get(job.id()).ending()).as(job.id()).isEqualTo("END"));
      SAID.forEach(
          (scenario, said) ->
              jobs(server, scenario)
                  .forEach(job -> isToldTruncated(softly, job, outcomes.get(job.id()), said)));
      softly.assertAll();
      int cut = all.size() - whole.size();
      assertThat(process.awaitErr("stream truncated: ended ", cut)).hasSize(cut);
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void isToldTruncated(
      SoftAssertions softly, JobLine job, Outcome outcome, String said) {
    softly
        .assertThat(outcome.ending())
        .as(job.id())
        .contains("stream truncated: ended ")
        .contains(said)
        .doesNotContain("Overloaded");
  }

  private static List<JobLine> jobs(StallServer server, Scenario scenario) {
    return AllClients.ways().stream()
        .filter(EndsIT::mayFailAtTheEnd)
        .map(way -> job(server, way, scenario))
        .toList();
  }

  /** A socket knows of chunks that are whole with the last byte of them, which it has to give. */
  private static boolean mayFailAtTheEnd(Way way) {
    return !way.form().startsWith("RawHttp") && !way.form().startsWith("CommonsHttp");
  }

  private static JobLine job(StallServer server, Way way, Scenario scenario) {
    String id = way.name() + "-" + scenario.pathName();
    return JobLine.named(server, id, way.form(), way.protocol(), scenario, "");
  }
}
