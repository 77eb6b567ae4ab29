package io.stallguard.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The media types of streamed answers. */
final class MediaTypes {
  static final String EVENT_STREAM = "text/event-stream";
  static final String AWS_EVENT_STREAM = "application/vnd.amazon.eventstream";

  /** Streams whose consumer reads as they come; anything else is a download that may take time. */
  static final List<String> STREAMED =
      Collections.unmodifiableList(
          Arrays.asList(
              EVENT_STREAM,
              "application/x-ndjson",
              "application/ndjson",
              "application/jsonl",
              "application/json-seq",
              "application/stream+json",
              AWS_EVENT_STREAM));

  /** One JSON document a line. */
  private static final List<String> JSON_LINES =
      Collections.unmodifiableList(
          Arrays.asList(
              "application/x-ndjson",
              "application/ndjson",
              "application/jsonl",
              "application/json-seq",
              "application/stream+json"));

  private MediaTypes() {}

  static boolean isJsonLines(String contentType) {
    for (int i = 0; i < JSON_LINES.size(); i++) {
      if (matches(JSON_LINES.get(i), contentType)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a {@code Content-Type} header names this type; case and parameters do not count. */
  static boolean matches(String type, String contentType) {
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
