package io.stallguard.testapp;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** Spells constants as on the command line: {@code OPENAI_SDK} is {@code openai-sdk}. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The choice that is spelt so; picocli's own message would name each choice twice, as constant
   * and as word.
   */
  static <T> T parse(T[] choices, String word) {
    for (T choice : choices) {
      if (choice.toString().equals(word)) {
        return choice;
      }
    }
    String expected = Stream.of(choices).map(String::valueOf).collect(Collectors.joining(", "));
    throw new TypeConversionException("expected one of " + expected + " but was '" + word + "'");
  }
}
