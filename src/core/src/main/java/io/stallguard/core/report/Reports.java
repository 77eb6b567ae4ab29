package io.stallguard.core.report;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.engine.Unanswered;
import io.stallguard.core.settings.Choices;
import io.stallguard.core.settings.Setting;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.words.LogLevel;
import io.stallguard.core.words.SilenceEnd;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports and lines. The settings say where they go, which are written and in which format.
 * Any thread.
 */
public final class Reports implements Consumer<String> {
  public static final int PER_MINUTE =
      (Integer) Objects.requireNonNull(Setting.LOG_PER_MINUTE.standard(), "a default");

  private static final String STDERR = "stderr";
  private static final String JSON = "json";
  private static final String COVERAGE = "coverage";

  private final ReportFormat format;
  private final Log log;

  private final LogLevel level;

  /** Writes all reports as text, to this log. */
  public Reports(Consumer<String> log) {
    this(LogLevel.INFO, new TextReports(), log);
  }

  Reports(LogLevel level, ReportFormat format, Consumer<String> log) {
    this.level = level;
    this.format = format;
    this.log = Log.of(log);
  }

  /** The reports as an operator wants them. */
  public static Reports of(Settings settings) {
    Choices choices = settings.choices();
    boolean json = choices.value(Setting.LOG_FORMAT).equals(JSON);
    String file = choices.value(Setting.LOG_FILE);
    Log stderr = json ? new PlainLog() : new StderrLog();
    return new Reports(
        choices.value(Setting.LOG_LEVEL),
        json ? new JsonReports() : new TextReports(),
        file.equalsIgnoreCase(STDERR) ? stderr : new LogFile(file, !json, stderr));
  }

  /**
   * Where the line goes that tells how the agent has started: to a file if the operator wants
   * reports in one, and to the console if that cannot be written.
   *
   * @param console writes a line to standard error
   * @return the console itself, or what writes a file and may take its time; null for nowhere
   */
  public static @Nullable Consumer<String> ofStart(Choices choices, Consumer<String> console) {
    String file = choices.value(Setting.LOG_FILE);
    if (choices.value(Setting.LOG_LEVEL) == LogLevel.OFF) {
      return null;
    }
    if (file.equalsIgnoreCase(STDERR)) {
      return console;
    }
    boolean json = choices.value(Setting.LOG_FORMAT).equals(JSON);
    Consumer<String> log = new LogFile(file, !json, console);
    return json ? new JsonMessages(log) : log;
  }

  /** Tells an error of our own, in one line. */
  @Override
  public void accept(String message) {
    write(LogLevel.ERROR, "error", message);
  }

  /** Tells what is no matter of one stream, in one line. */
  public void warn(String message) {
    write(LogLevel.WARN, "warning", message);
  }

  /** Tells what somebody did, in one line. */
  public void inform(String message) {
    write(LogLevel.INFO, "message", message);
  }

  /** Tells of a client that is not guarded, or not wholly. */
  public void uncovered(String message) {
    write(LogLevel.WARN, COVERAGE, message);
  }

  /** Tells what was guarded at last. */
  public void covered(String message) {
    write(LogLevel.INFO, COVERAGE, message);
  }

  private void write(LogLevel needed, String event, String message) {
    if (level.shows(needed)) {
      log.write(needed, format.line(event, message));
    }
  }

  public void truncated(String message) {
    write(LogLevel.WARN, "truncated", message);
  }

  public void released(Incident incident) {
    write(format.released(incident));
  }

  public void observed(Stall stall, StackTraceElement[] stack) {
    write(format.observed(stall, stack));
  }

  public void unanswered(Unanswered silence) {
    write(format.unanswered(silence));
  }

  public void connect(ConnectStall stall) {
    write(format.connect(stall));
  }

  public void silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {
    write(format.silenceEnded(stream, silence, how));
  }

  private void write(String told) {
    if (level.shows(LogLevel.WARN)) {
      log.write(LogLevel.WARN, told);
    }
  }

  // A class instead of a lambda: the first lambda of a JVM costs its start some fifty more.

  /** Writes lines as JSON. */
  private static final class JsonMessages implements Consumer<String> {
    private final Consumer<String> log;

    JsonMessages(Consumer<String> log) {
      this.log = log;
    }

    @Override
    public void accept(String line) {
      log.accept(new JsonReports().line("message", line));
    }
  }
}
