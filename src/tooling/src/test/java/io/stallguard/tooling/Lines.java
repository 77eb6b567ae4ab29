package io.stallguard.tooling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A console that remembers what it was told. */
final class Lines implements Consumer<String> {
  private final List<String> lines = new ArrayList<>();

  @Override
  public synchronized void accept(String line) {
    lines.add(line);
  }

  synchronized List<String> all() {
    return List.copyOf(lines);
  }
}
