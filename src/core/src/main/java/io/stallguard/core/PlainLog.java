package io.stallguard.core;

import java.util.function.Consumer;

/** Lines on standard error as they are, for who reads them by machine. Any thread. */
final class PlainLog implements Consumer<String> {
  @Override
  public void accept(String line) {
    System.err.println(line);
  }
}
