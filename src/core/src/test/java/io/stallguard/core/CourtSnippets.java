package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.body.AwsMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The bytes that come in the timelines of the cases, by their names there. */
final class CourtSnippets {
  private static final Map<String, Snippet> ALL = read();

  private final Map<String, Integer> counts = new HashMap<>();

  private static Map<String, Snippet> read() {
    Map<String, Snippet> all = new HashMap<>();
    for (String part : text().split("(?m)^== ")) {
      String[] titled = part.split("\n", 2);
      String[] title = titled[0].split(" ");
      if (!title[0].startsWith("#")) {
        all.put(title[0], new Snippet(title.length > 1 ? title[2] : "", titled[1]));
      }
    }
    return all;
  }

  private static String text() {
    try {
      return Files.readString(CourtCase.FOLDER.resolve("snippets.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next of these. */
  byte[] next(String name) {
    Snippet snippet = ALL.get(name);
    if (snippet == null) {
      throw new IllegalArgumentException("nothing is called " + name);
    }
    int count = counts.merge(name, 1, Integer::sum);
    return snippet.bytes(count - 1);
  }

  /** Text as it is on the wire, or the payload of a message of AWS' event stream. */
  private record Snippet(String awsType, String text) {
    private byte[] bytes(int count) {
      String filled = text.replace("{n}", String.valueOf(count));
      return awsType.isEmpty() ? filled.getBytes(UTF_8) : message(filled.trim());
    }

    private byte[] message(String payload) {
      return new AwsMessage()
          .string(":event-type", awsType)
          .string(":content-type", "application/json")
          .string(":message-type", "event")
          .payload(awsType.equals("chunk") ? wrapped(payload) : payload)
          .bytes();
    }

    private static String wrapped(String payload) {
      String bytes = Base64.getEncoder().encodeToString(payload.getBytes(UTF_8));
      return "{\"bytes\":\"" + bytes + "\"}";
    }
  }
}
