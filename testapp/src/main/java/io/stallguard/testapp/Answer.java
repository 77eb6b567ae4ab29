package io.stallguard.testapp;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/** An answer as it comes: prints its events and its end with their times, and counts. */
final class Answer {
  private final PrintStream out;
  private final PrintStream err;
  private final String label;
  private final long startNanos = System.nanoTime();
  private int events;
  private int characters;

  /** The label goes before each line. */
  Answer(PrintStream out, PrintStream err, String label) {
    this.out = out;
    this.err = err;
    this.label = label;
  }

  /** The text is the part of the answer that the event brings, often empty. */
  synchronized void event(String name, String text) {
    events++;
    characters += text.length();
    out.println(
        label + seconds() + " s  " + name + (text.isEmpty() ? "" : "  \"" + oneLine(text) + '"'));
  }

  synchronized void completed() {
    out.println(
        label
            + "completed after "
            + seconds()
            + " s: "
            + events
            + " events, "
            + characters
            + " characters");
  }

  synchronized void failed(Throwable failure) {
    String time = seconds();
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    // In one piece, or the traces of parallel requests would mix.
    err.print(trace);
    err.flush();
    out.println(label + "failed after " + time + " s: " + chain(failure));
  }

  private static String chain(Throwable failure) {
    StringBuilder chain = new StringBuilder(describe(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      chain.append(", caused by ").append(describe(cause));
    }
    return chain.toString();
  }

  private static String describe(Throwable failure) {
    return failure.getClass().getName() + ": " + oneLine(String.valueOf(failure.getMessage()));
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  private String seconds() {
    return String.format(Locale.ROOT, "%.3f", (System.nanoTime() - startNanos) / 1e9);
  }
}
