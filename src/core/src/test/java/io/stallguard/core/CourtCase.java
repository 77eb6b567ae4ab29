package io.stallguard.core;

import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A public incident as its file tells it: where it is told, what came when, what was wanted. */
final class CourtCase {
  static final Path FOLDER = Path.of("src", "test", "resources", "court");

  /** When a healthy stream died. */
  static final long NEVER = -1;

  private static final String SUFFIX = ".case";

  private final String id;
  private final Map<String, String> facts = new HashMap<>();
  private final CourtWish wanted;
  private final List<CourtStep> steps;

  private CourtCase(String id, String text) {
    this.id = id;
    String[] parts = text.split("\n\n", 2);
    for (String line : parts[0].split("\n")) {
      String[] fact = line.split(": ", 2);
      facts.put(fact[0], fact[1].trim());
    }
    this.wanted = CourtWish.of(fact("wanted"));
    this.steps = CourtStep.of(Arrays.asList(parts[1].trim().split("\n")));
  }

  /** All that there are: the healthy ones first, each kind by its number. */
  static List<CourtCase> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .map(CourtCase::read)
          .sorted(Comparator.comparing(CourtCase::isDead).thenComparing(CourtCase::number))
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CourtCase read(Path file) {
    try {
      String name = file.getFileName().toString();
      return new CourtCase(
          name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  String id() {
    return id;
  }

  boolean isDead() {
    return id.startsWith("D");
  }

  private int number() {
    return Integer.parseInt(id.substring(1));
  }

  /** Where it is told; begins with {@code ~} where a number is ours. */
  String source() {
    return fact("source");
  }

  /** The timeline in words. */
  String says() {
    return fact("says");
  }

  CourtWish wanted() {
    return wanted;
  }

  /** Why the rules as they are cannot do what was wanted; empty if they can. */
  String unreachable() {
    return facts.getOrDefault("unreachable", "");
  }

  Exchange exchange() {
    String[] request = request();
    return Exchanges.of(request[0], url(request), fact("media type"));
  }

  /** The exchange before its head. */
  Exchange asked() {
    String[] request = request();
    return Exchange.of("okhttp").request(request[0], URI.create(url(request))).build();
  }

  /** Method and path. */
  String requestLine() {
    return fact("request");
  }

  private String[] request() {
    return requestLine().split(" ", 2);
  }

  private static String url(String[] request) {
    return "https://llm.example.com" + request[1];
  }

  /** What comes when, in order. */
  List<CourtStep> steps() {
    return Collections.unmodifiableList(steps);
  }

  /** When the stream was dead or over. */
  long deadMillis() {
    return steps.stream()
        .filter(step -> step.what().equals(CourtStep.DIES) || step.what().equals(CourtStep.OVER))
        .mapToLong(CourtStep::atMillis)
        .findFirst()
        .orElse(NEVER);
  }

  private String fact(String key) {
    String value = facts.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }

  @Override
  public String toString() {
    return id + " " + says();
  }
}
