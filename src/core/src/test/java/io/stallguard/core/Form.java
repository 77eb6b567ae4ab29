package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.body.Mark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A way in which some provider answers: how it opens, stays alive, and ends. */
record Form(
    String name, Map<String, String> facts, byte[] opening, byte[] heartbeat, byte[] ending) {
  private static final Path FOLDER = Path.of("src/test/resources/io/stallguard/core/forms");
  private static final String EXTENSION = ".form";

  /** All that are known, by name. */
  static List<Form> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(EXTENSION))
          .sorted()
          .map(Form::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Form read(Path file) {
    try {
      String name = file.getFileName().toString().replace(EXTENSION, "");
      String[] parts = Files.readString(file).split(">> (opening|heartbeat|end)\n", -1);
      Map<String, String> facts = new LinkedHashMap<>();
      for (String line : parts[0].lines().toList()) {
        int colon = line.indexOf(':');
        facts.put(line.substring(0, colon), line.substring(colon + 1).trim());
      }
      boolean crlf = "CRLF".equals(facts.get("lines"));
      return new Form(
          name, facts, bytes(parts[1], crlf), bytes(parts[2], crlf), bytes(parts[3], crlf));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text, boolean crlf) {
    if (text.startsWith("@")) {
      ByteArrayOutputStream messages = new ByteArrayOutputStream();
      text.lines().forEach(line -> messages.writeBytes(message(line)));
      return messages.toByteArray();
    }
    String plain = text.replace("\\\n", "").replace("\\u001e", "\u001e");
    return (crlf ? plain.replace("\n", "\r\n") : plain).getBytes(UTF_8);
  }

  private static byte[] message(String line) {
    String[] words = line.split(" ", line.startsWith("@chunk") ? 2 : 3);
    if (words[0].equals("@chunk")) {
      String model = Base64.getEncoder().encodeToString(words[1].getBytes(UTF_8));
      return AwsMessage.event("chunk", "{\"bytes\": \"" + model + "\"}");
    }
    return words[0].equals("@event")
        ? AwsMessage.event(words[1], words[2])
        : AwsMessage.exception(words[1]);
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

  /** What its end says of what follows, on its own path. */
  Mark mark() {
    return Mark.valueOf(facts.getOrDefault("mark", "NONE"));
  }

  /** Whether what it says in between is nothing but that it is alive. */
  boolean hasHeartbeats() {
    return heartbeat.length > 0 && !"no".equals(facts.get("heartbeats"));
  }

  /** Whether that counts after an answer too. */
  boolean hasHeartbeatsAfterTheEnd() {
    return hasHeartbeats() && !"while open".equals(facts.get("heartbeats"));
  }

  /** Whether another answer may follow in the same stream. */
  boolean mayGoOn() {
    return hasEnd() && !"no".equals(facts.get("again"));
  }

  Exchange exchange() {
    return exchange(path());
  }

  Exchange exchange(String otherPath) {
    return Exchanges.of("POST", "https://api.example.com" + otherPath, type());
  }

  @Override
  public String toString() {
    return name;
  }
}
