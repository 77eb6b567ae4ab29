package io.stallguard.core.words;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The media types of streamed answers. */
public final class MediaTypes {
  public static final String EVENT_STREAM = "text/event-stream";
  public static final String AWS_EVENT_STREAM = "application/vnd.amazon.eventstream";

  /**
   * Media types of streams whose consumer reads as they come; any other body is a download that may
   * take time.
   */
  public static final List<String> STREAMED =
      Collections.unmodifiableList(
          Arrays.asList(
              EVENT_STREAM,
              "application/x-ndjson",
              "application/ndjson",
              "application/jsonl",
              "application/json-seq",
              "application/stream+json",
              AWS_EVENT_STREAM));

  /** Media types of bodies that have a JSON document on each line. */
  private static final List<String> JSON_LINES =
      Collections.unmodifiableList(
          Arrays.asList(
              "application/x-ndjson",
              "application/ndjson",
              "application/jsonl",
              "application/json-seq",
              "application/stream+json"));

  private static final String ANY = "*";

  private MediaTypes() {}

  public static boolean isJsonLines(String contentType) {
    for (int i = 0; i < JSON_LINES.size(); i++) {
      if (matches(JSON_LINES.get(i), contentType)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a {@code Content-Type} header names one of these types; a star stands for any. */
  public static boolean isAny(List<String> types, String contentType) {
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).equals(ANY) || matches(types.get(i), contentType)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether an {@code Accept} header has one of these types as they are; a star stands for any
   * header.
   *
   * @param header null if it is not known or there is none
   */
  public static boolean isAnyAccepted(List<String> types, @Nullable String header) {
    if (header == null) {
      return false;
    }
    int start = 0;
    while (start <= header.length()) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      if (isAny(types, header.substring(start, end).trim())) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  /** Whether a {@code Content-Type} header names this type; case and parameters do not count. */
  public static boolean matches(String type, String contentType) {
    int start = 0;
    while (start < contentType.length() && contentType.charAt(start) == ' ') {
      start++;
    }
    return contentType.regionMatches(true, start, type, 0, type.length())
        && isEnd(contentType, start + type.length());
  }

  private static boolean isEnd(String contentType, int index) {
    if (index >= contentType.length()) {
      return true;
    }
    char c = contentType.charAt(index);
    return c == ';' || c == ' ' || c == '\t' || c == ',';
  }
}
