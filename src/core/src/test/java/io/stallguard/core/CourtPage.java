package io.stallguard.core;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page that tells of all cases, and of what becomes of them. */
final class CourtPage {
  private static final Pattern THREAD = Pattern.compile("([\\w.-]+/[\\w.-]+)#(\\d+)");

  private static final String HEAD =
      """
      # A court of cases

      This page shows what StallGuard's defaults make of incidents that people reported in public, and of three that were
      made from a provider's wire form: of streams that were silent and healthy, and of streams that were dead, or had
      ended and were left open. A test plays each incident to an engine without any setting, on a clock of the test's,
      with a reader that wants bytes all the time. The bytes are framed as on the wire; the text in them is invented. In
      the column *told in*, `~` marks a report that gives no number but "minutes" or the like: there the number is ours.

      **%s.** The verdict on a healthy stream is right if the stream lives to the end of its timeline. A dead
      stream has to be released with an exception within 10 minutes of its last sign of life, and a stream that is over
      has to end in the time that the table names. Where half an answer came to an end by itself, the report has to say
      so. Some incidents are out of reach of these rules: they stay in the table, with the reason behind what happens.
      Times count from the moment at which the stream died; its last byte may have come up to a heartbeat earlier.

      To add an incident, add a file to `src/core/src/test/resources/court`; the files there show what it may say, and
      `snippets.txt` has the bytes. This command then writes the page, which a test compares with the files:

      ```
      mvn verify -Dquick -pl src/core -am -Dtest=CourtPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dcourt.page=write
      ```
      """;

  private CourtPage() {}

  static String text() {
    return String.format(HEAD, CourtRuling.summary())
        + table("Healthy", ruling -> !ruling.incident().isDead())
        + table("Dead, or over", ruling -> ruling.incident().isDead());
  }

  private static String table(String title, Predicate<CourtRuling> kind) {
    return "\n## "
        + title
        + "\n\n| id | told in | request | what came when | wanted | what happens |\n|---|---|---|---|---|---|\n"
        + CourtRuling.all().stream().filter(kind).map(CourtPage::row).collect(Collectors.joining());
  }

  private static String row(CourtRuling ruling) {
    CourtCase incident = ruling.incident();
    String reason = incident.unreachable().isEmpty() ? "" : "; " + incident.unreachable();
    return String.format(
        "| %s | %s | `%s` | %s | %s | %s%s |\n",
        incident.id(),
        THREAD.matcher(incident.source()).replaceAll("[$0](https://github.com/$1/issues/$2)"),
        incident.requestLine(),
        incident.says(),
        incident.wanted().text(),
        ruling.outcome(),
        reason);
  }
}
