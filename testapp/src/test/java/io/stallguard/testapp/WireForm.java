package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.testing.server.EventFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A way in which some provider answers, as it goes over the wire; the core's own tests look into
 * the same files.
 */
record WireForm(
    String name, Map<String, String> facts, byte[] opening, byte[] heartbeat, byte[] ending) {
  private static final Path FOLDER =
      Path.of("../src/core/src/test/resources/io/stallguard/core/forms");
  private static final String EXTENSION = ".form";

  /** All that are known, by name. */
  static List<WireForm> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(EXTENSION))
          .sorted()
          .map(WireForm::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WireForm read(Path file) {
    try {
      String[] parts = Files.readString(file).split(">> (opening|heartbeat|end)\n", -1);
      Map<String, String> facts = new HashMap<>();
      for (String line : parts[0].lines().toList()) {
        int colon = line.indexOf(':');
        facts.put(line.substring(0, colon), line.substring(colon + 1).trim());
      }
      String name = file.getFileName().toString().replace(EXTENSION, "");
      boolean crlf = "CRLF".equals(facts.get("lines"));
      return new WireForm(
          name, facts, bytes(parts[1], crlf), bytes(parts[2], crlf), bytes(parts[3], crlf));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text, boolean crlf) {
    if (text.startsWith("@")) {
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      text.lines().forEach(line -> frames.writeBytes(frame(line)));
      return frames.toByteArray();
    }
    String plain = text.replace("\\\n", "").replace("\\u001e", "\u001e");
    return (crlf ? plain.replace("\n", "\r\n") : plain).getBytes(UTF_8);
  }

  private static byte[] frame(String line) {
    String[] words = line.split(" ", line.startsWith("@chunk") ? 2 : 3);
    if (words[0].equals("@chunk")) {
      String model = Base64.getEncoder().encodeToString(words[1].getBytes(UTF_8));
      return EventFrame.of("chunk", ("{\"bytes\": \"" + model + "\"}").getBytes(UTF_8));
    }
    byte[] payload = words[2].getBytes(UTF_8);
    return words[0].equals("@event")
        ? EventFrame.of(words[1], payload)
        : EventFrame.exception(words[1], payload);
  }

  String path() {
    return facts.getOrDefault("path", "/");
  }

  String type() {
    return facts.getOrDefault("type", "");
  }

  /** Whether its end is one by the rules, so that an earlier one is too early. */
  boolean hasEnd() {
    return "yes".equals(facts.get("ends"));
  }

  /** Whether its end is a mark on its path, so that an open connection is of no use after it. */
  boolean isMarked() {
    return !"NONE".equals(facts.getOrDefault("mark", "NONE"));
  }

  /** Whether it ends with the provider's word that it has failed. */
  boolean fails() {
    return name.contains("error");
  }

  /** Whether that word leaves half an answer, and is not all that came. */
  boolean failsAnswer() {
    return fails() && !"no".equals(facts.get("content"));
  }

  /** Whether what it says in between is nothing but that it is alive. */
  boolean hasHeartbeats() {
    return heartbeat.length > 0 && !"no".equals(facts.get("heartbeats"));
  }

  /** How a provider that speaks like this says that it has failed. */
  byte[] error() {
    String data = "{\"error\":{\"type\":\"busy_error\",\"message\":\"secret\"}}";
    if (type().startsWith("application/vnd.amazon")) {
      return EventFrame.exception("busyException", "{}".getBytes(UTF_8));
    }
    if (type().startsWith("text/event-stream")) {
      return ("data: " + data + "\n\n").getBytes(UTF_8);
    }
    return (name.equals("vercel-lines") ? "3:" + data + "\n" : data + "\n").getBytes(UTF_8);
  }
}
