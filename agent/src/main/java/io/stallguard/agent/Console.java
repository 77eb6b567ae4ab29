package io.stallguard.agent;

import java.util.function.Consumer;

/** Says what there is to say before the app starts: single lines on standard error. */
final class Console implements Consumer<String> {
  private static final String PREFIX = "[stallguard] ";

  @Override
  public void accept(String line) {
    System.err.println(PREFIX + line);
  }
}
