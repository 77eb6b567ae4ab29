package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type of the engine and of the rooms it stands on says which thread it is for. */
class ThreadsOfTypesTest {
  private static final Path ROOMS = Path.of("src/main/java/io/stallguard/core");

  /** How a sentence begins that names the thread. */
  private static final List<String> BEGINS =
      List.of(
          "Any thread",
          "Immutable",
          "One thread",
          "Watchdog only",
          "The watchdog",
          "The thread that",
          "The threads that",
          "The thread for reports",
          "Threads for",
          "Threads of ours",
          "For the thread",
          "For threads",
          "Written by the thread");

  /** The Javadoc of a type that stands in no other one: what is within is indented. */
  private static final Pattern JAVADOC =
      Pattern.compile("^/\\*\\*(.*?)\\*/", Pattern.DOTALL | Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"clock", "callbacks", "wire", "engine"})
  void eachTypeNamesItsThread(String room) throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path file : types(ROOMS.resolve(room))) {
      if (!namesThread(Files.readString(file))) {
        silent.add(file.getFileName().toString());
      }
    }

    assertThat(silent).as("types without a sentence that begins with one of " + BEGINS).isEmpty();
  }

  @Test
  void findsTheSentence() {
    assertThat(namesThread("/** A fact. Immutable. */\nclass A {}")).isTrue();
    assertThat(namesThread("/**\n * A fact. Any\n * thread.\n */\nclass A {}")).isTrue();
    assertThat(namesThread("/**\n * A fact.\n *\n * <p>Watchdog only.\n */\nclass A {}")).isTrue();
    assertThat(namesThread("/** What any thread wants. */\nclass A {}")).isFalse();
    assertThat(namesThread("class A {\n  /** Any thread. */\n  void a() {}\n}")).isFalse();
  }

  private static List<Path> types(Path room) throws IOException {
    try (Stream<Path> files = Files.list(room)) {
      List<Path> types =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .sorted()
              .toList();
      assertThat(types).hasSizeGreaterThan(5);
      return types;
    }
  }

  private static boolean namesThread(String source) {
    Matcher javadoc = JAVADOC.matcher(source);
    return javadoc.find() && sentences(javadoc.group(1)).anyMatch(ThreadsOfTypesTest::isOfThread);
  }

  private static Stream<String> sentences(String javadoc) {
    String text = javadoc.replaceAll("(?m)^\\s*\\*|<p>", " ").trim().replaceAll("\\s+", " ");
    return Stream.of(text.split("(?<=\\.) "));
  }

  private static boolean isOfThread(String sentence) {
    return BEGINS.stream().anyMatch(sentence::startsWith);
  }
}
