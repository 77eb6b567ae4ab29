package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/**
 * A file that holds one wire form of a provider: some facts, and how an answer opens, stays alive,
 * and ends.
 */
public final class FormFile {
  private static final String EXTENSION = ".form";

  private final String name;
  private final Map<String, String> facts;
  private final byte[] opening;
  private final byte[] heartbeat;
  private final byte[] ending;

  private FormFile(String name, Map<String, String> facts, String[] parts) {
    boolean crlf = "CRLF".equals(facts.get("lines"));
    this.name = name;
    this.facts = facts;
    this.opening = bytes(parts[1], crlf);
    this.heartbeat = bytes(parts[2], crlf);
    this.ending = bytes(parts[3], crlf);
  }

  /** All in a folder, by name. */
  public static List<FormFile> allIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(EXTENSION))
          .sorted()
          .map(FormFile::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FormFile read(Path file) {
    try {
      String name = file.getFileName().toString().replace(EXTENSION, "");
      String[] parts = Files.readString(file).split(">> (opening|heartbeat|end)\n", -1);
      Map<String, String> facts = new LinkedHashMap<>();
      for (String line : parts[0].lines().toList()) {
        int colon = line.indexOf(':');
        facts.put(line.substring(0, colon), line.substring(colon + 1).trim());
      }
      return new FormFile(name, facts, parts);
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

  /** The file's name, without its extension. */
  public String name() {
    return name;
  }

  /** What the lines at its begin say, by their keys. */
  public Map<String, String> facts() {
    return facts;
  }

  /** The begin of an answer. */
  public byte[] opening() {
    return opening;
  }

  /** What comes in between, if anything does. */
  public byte[] heartbeat() {
    return heartbeat;
  }

  /** The end of an answer. */
  public byte[] ending() {
    return ending;
  }

  /** Where it is asked for. */
  public String path() {
    return facts.getOrDefault("path", "/");
  }

  /** The media type of the answer. */
  public String type() {
    return facts.getOrDefault("type", "");
  }

  /** Whether its end is one by the rules, so that an earlier one is too early. */
  public boolean hasEnd() {
    return "yes".equals(facts.get("ends"));
  }

  /** Whether what it says in between is nothing but that it is alive. */
  public boolean hasHeartbeats() {
    return heartbeat.length > 0 && !"no".equals(facts.get("heartbeats"));
  }
}
