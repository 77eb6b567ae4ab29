package io.stallguard.testing.server;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ;name=value} part of a scenario's path segment, overridden by query parameters of the
 * same names.
 */
final class ScenarioSettings {

  /** Pieces of text in a whole answer. */
  static final String EVENTS = "events";

  /** Pieces of text before the stall. */
  static final String STALL_AFTER = "stall-after";

  static final String PERIOD_MS = "period-ms";
  static final String BURST_BYTES = "burst-bytes";

  /**
   * Makes the pauses before pieces random ones, and their number follow from {@link #LENGTH_MS}.
   */
  static final String SEED = "seed";

  /** The longest of the random pauses. */
  static final String GAP_MS = "gap-ms";

  /** What the random pauses add up to, at least. */
  static final String LENGTH_MS = "length-ms";

  /** Ends a stall after this time and goes on to a normal end. */
  static final String RESUME_MS = "resume-ms";

  /** Delay before the response head. */
  static final String DELAY_MS = "delay-ms";

  /** {@code identity} or {@code gzip}. */
  static final String ENCODING = "encoding";

  /** Media type instead of the provider's. */
  static final String TYPE = "type";

  /** {@code native} or {@code comment}. */
  static final String HEARTBEAT = "heartbeat";

  /** {@code chunked}, or {@code close} for an HTTP/1 body that ends with its connection. */
  static final String FRAMING = "framing";

  static final String STATUS = "status";

  /**
   * Number of this stream among the parallel ones, from 1; without it the order of arrival counts.
   */
  static final String STREAM = "stream";

  /** Number of the parallel stream that stalls. */
  static final String STALL = "stall";

  /** Any text; makes a test's paths its own. */
  static final String RUN = "run";

  /** Path that a redirect names. */
  static final String TO = "to";

  /** {@code true}: a delayed JSON answer sends its head and half of its body before the delay. */
  static final String HALF = "half";

  /**
   * {@code true}: over HTTP/2, frames without payload follow each piece of text, and go on while
   * the stream is silent.
   */
  static final String EMPTY_FRAMES = "empty-frames";

  /** Silence of the WebSocket before each echo. */
  static final String SILENT_MS = "silent-ms";

  private static final List<String> NAMES =
      List.of(
          EVENTS,
          STALL_AFTER,
          PERIOD_MS,
          BURST_BYTES,
          SEED,
          GAP_MS,
          LENGTH_MS,
          RESUME_MS,
          DELAY_MS,
          ENCODING,
          TYPE,
          HEARTBEAT,
          FRAMING,
          EMPTY_FRAMES,
          STATUS,
          STREAM,
          STALL,
          RUN,
          TO,
          HALF,
          SILENT_MS);

  private final Map<String, String> values;

  private ScenarioSettings(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @param text {@code name=value;name=value}, may be empty
   */
  static ScenarioSettings parse(String text) {
    return new ScenarioSettings(split(text, ";")).checked();
  }

  /**
   * These settings, overridden by those parameters of a raw query that have the name of a setting.
   */
  ScenarioSettings withQuery(@Nullable String query) {
    Map<String, String> merged = new TreeMap<>(split(query == null ? "" : query, "&"));
    merged.keySet().retainAll(NAMES);
    values.forEach(merged::putIfAbsent);
    return new ScenarioSettings(merged);
  }

  /** These settings with one more, unless that is set already. */
  ScenarioSettings withDefault(String name, long value) {
    Map<String, String> merged = new TreeMap<>(values);
    merged.putIfAbsent(name, Long.toString(value));
    return new ScenarioSettings(merged);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  long number(String name, long otherwise) {
    String value = values.get(name);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "setting " + name + ": expected a whole number, got " + value, e);
    }
  }

  private ScenarioSettings checked() {
    for (String name : values.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("no setting " + name + ", expected one of " + NAMES);
      }
    }
    return this;
  }

  private static Map<String, String> split(String text, String separator) {
    return Arrays.stream(text.split(separator))
        .filter(part -> !part.isEmpty())
        .map(part -> part.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> pair.length > 1 ? RequestPath.decode(pair[1]) : "true",
                (first, second) -> second,
                TreeMap::new));
  }
}
