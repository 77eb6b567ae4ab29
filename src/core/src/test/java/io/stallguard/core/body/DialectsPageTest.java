package io.stallguard.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of dialects says what is so. */
class DialectsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "dialects.md");
  private static final boolean WRITES = "write".equals(System.getProperty("dialects.page"));

  @Test
  void theTablesOfThePageAreWhatIsDone() throws IOException {
    String page = Files.readString(PAGE);

    String right = with(with(page, "marks", marks()), "forms", formsTable());

    if (WRITES) {
      Files.writeString(PAGE, right);
    }
    assertThat(page).as("stale: run this test with -Ddialects.page=write").isEqualTo(right);
  }

  private static String with(String page, String part, String table) {
    String begin = "<!-- generated: " + part + " -->\n";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(0, from) + table + page.substring(page.indexOf("<!-- end -->", from));
  }

  private static String marks() {
    StringBuilder table =
        new StringBuilder(
                "| dialect | path ends | after a finish reason | after its terminal event |\n")
            .append("|---|---|---|---|\n");
    for (Dialect dialect : Dialects.all()) {
      table
          .append("| ")
          .append(dialect.name())
          .append(" | ")
          .append(dialect.paths().isEmpty() ? "none" : dialect.paths())
          .append(" | ")
          .append(grace(dialect.afterFinish()))
          .append(" | ")
          .append(grace(dialect.afterEnd()))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String formsTable() {
    StringBuilder table =
        new StringBuilder("| form | path | alive | end, open | elsewhere | cut | error, open |\n")
            .append("|---|---|---|---|---|---|---|\n");
    for (Form form : Form.all()) {
      table
          .append("| ")
          .append(form.name())
          .append(" | ")
          .append(form.path())
          .append(" | ")
          .append(alive(form))
          .append(" | ")
          .append(grace(whole(form, form.path()).mark()))
          .append(" | ")
          .append(grace(whole(form, "/relay").mark()))
          .append(" | ")
          .append(cut(form))
          .append(" | ")
          .append(grace(failed(form).mark()))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String grace(Mark mark) {
    return mark == Mark.SHORT ? "5 s" : mark == Mark.LONG ? "60 s" : "";
  }

  private static String alive(Form form) {
    if (form.heartbeat().length == 0) {
      return "";
    }
    Told told = told(form, form.path(), form.opening(), form.heartbeat());
    long progress = told.events().progress();
    told.chunk(form.heartbeat(), 0, form.heartbeat().length);
    return told.events().progress() == progress ? "heartbeat" : "progress";
  }

  private static Answer whole(Form form, String path) {
    return told(form, path, form.opening(), form.ending()).end().events().answer();
  }

  private static String cut(Form form) {
    return told(form, form.path(), form.opening()).end().events().answer().isTruncated()
        ? "told"
        : "";
  }

  private static Answer failed(Form form) {
    byte[] error = FormsTest.error(form);
    return told(form, form.path(), form.opening(), error).events().answer();
  }

  private static Told told(Form form, String path, byte[]... pieces) {
    Told told = new Told(form.exchange(path));
    for (byte[] piece : pieces) {
      told.chunk(piece, 0, piece.length);
    }
    return told;
  }
}
