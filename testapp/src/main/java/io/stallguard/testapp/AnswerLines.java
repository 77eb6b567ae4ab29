package io.stallguard.testapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes events of the lines of a response: server-sent events, or one of JSON per line. */
final class AnswerLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Provider provider;
  private final Answer answer;
  private final StringBuilder data = new StringBuilder();
  private @Nullable String name;

  AnswerLines(Provider provider, Answer answer) {
    this.provider = provider;
    this.answer = answer;
  }

  /** Reads to the end of the stream, and closes it. */
  void readAll(InputStream in) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        accept(line);
      }
    }
  }

  void accept(String line) {
    if (provider.isServerSentEvents()) {
      acceptField(line);
    } else if (!line.isEmpty()) {
      event(null, line);
    }
  }

  private void acceptField(String line) {
    if (line.isEmpty()) {
      endOfEvent();
    } else if (line.startsWith("event:")) {
      name = value(line);
    } else if (line.startsWith("data:")) {
      data.append(data.length() == 0 ? "" : "\n").append(value(line));
    }
  }

  private void endOfEvent() {
    if (data.length() > 0) {
      event(name, data.toString());
    }
    data.setLength(0);
    name = null;
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  /** The name is null where the format gives none. */
  void event(@Nullable String name, String data) {
    if (!data.startsWith("{")) {
      answer.event(data, "");
      return;
    }
    JsonNode json = parse(data);
    answer.event(name == null ? nameOf(json) : name, provider.text(json));
  }

  private static String nameOf(JsonNode event) {
    return event.path("done").asBoolean() ? "done" : "message";
  }

  private static JsonNode parse(String data) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
