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

      Public incidents, as people told them: streams that were healthy and silent, and streams that were dead, or over
      and left open. Each is played on a clock of its own to an engine without any setting, by a reader that wants bytes
      all the time. What comes are bytes as they are on the wire, with texts of our own. `~`: the thread says no more
      than "minutes", and the number is ours.

      **%s.** A healthy stream has to live to the end of its timeline. A dead one has to be released with an
      exception within 10 minutes of its last sign of life, one that is over has to end in the time named, and
      where the end of half an answer came by itself, that has to be told. Those for which a reason stands behind what
      happens are out of reach of the rules as they are, and are not hidden.

      To add a case add a file to `src/core/src/test/resources/court`; what it may say is in those that are there, and
      the bytes are in `snippets.txt`. `mvn verify -Dquick -pl src/core -am -Dtest=CourtPageTest
      -Dsurefire.failIfNoSpecifiedTests=false -Dcourt.page=write` then writes this page, which a test holds to the cases.
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
