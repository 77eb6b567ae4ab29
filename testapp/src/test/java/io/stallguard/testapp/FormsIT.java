package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every form that is known, over the wire, in whatever way it goes on, as clients bring it to an
 * app under the agent: all of it side by side in one JVM.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FormsIT {
  private static final List<String> CLIENTS =
      List.of(
          "OkHttpProbe/blocking", "JavaHttpClientProbe/input-stream", "ApacheAsync5Probe/bytes");

  /** A grace that is set holds after whatever a form ends with. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "stallguard.first-byte", "4s",
          "stallguard.idle", "4s",
          "stallguard.event-idle", "4s",
          "stallguard.done-grace", "2s",
          "stallguard.truncated", "throw",
          "stallguard.content-types", "*");

  @Test
  void eachFormEndsAsTheTableSays() {
    List<WireForm> forms = WireForm.all();
    assertThat(forms).hasSizeGreaterThan(55);
    try (StallServer trusted = StallServer.start();
        FormServer server = FormServer.start(forms);
        ProbeProcess process = ProbeProcess.start(command(trusted))) {
      Map<Case, JobLine> jobs = jobs(server, forms);

      Map<String, Outcome> outcomes = process.run(new ArrayList<>(jobs.values()));

      SoftAssertions softly = new SoftAssertions();
      jobs.forEach((each, job) -> check(softly, each, outcomes.get(job.id())));
      softly.assertAll();
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static JavaCommand command(StallServer server) {
    JavaCommand command =
        ProbeProcess.command(Jdks.find().jdk(17), "EveryProbe", AllClients.classPath(), server)
            .agent(ProbeProcess.agent());
    SETTINGS.forEach(command::property);
    return command;
  }

  private static Map<Case, JobLine> jobs(FormServer server, List<WireForm> forms) {
    Map<Case, JobLine> jobs = new LinkedHashMap<>();
    int turn = 0;
    for (WireForm form : forms) {
      for (FormPlay play : FormPlay.values()) {
        for (String client : clients(turn++)) {
          Case each = new Case(form, play, client);
          String url = server.url(play, form);
          jobs.put(each, new JobLine(each.toString(), client, Protocol.H1, "POST", 0, url));
        }
      }
    }
    return jobs;
  }

  /** All of them in the matrix; one in its turn where time is short. */
  private static List<String> clients(int turn) {
    return Breadth.ofThisRun() == Breadth.MATRIX
        ? CLIENTS
        : List.of(CLIENTS.get(turn % CLIENTS.size()));
  }

  private static void check(SoftAssertions softly, Case each, Outcome outcome) {
    String expected = each.play().expected(each.form());
    if (expected.equals(FormPlay.END)) {
      softly.assertThat(outcome.ending()).as("%s", each).isEqualTo(expected);
      softly.assertThat(outcome.bytes()).as("%s", each).isEqualTo(each.play().bytes(each.form()));
    } else {
      softly
          .assertThat(outcome.ending())
          .as("%s", each)
          .contains(expected)
          .doesNotContain("secret");
    }
  }

  /** An answer to a client. */
  private record Case(WireForm form, FormPlay play, String client) {
    @Override
    public String toString() {
      return form.name() + "-" + play.pathName() + "-" + client.replace('/', '-');
    }
  }
}
