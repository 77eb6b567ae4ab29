package io.stallguard.core.words;

import java.util.function.LongSupplier;

/** The clock of the JVM. Any thread. */
public final class NanoTime implements LongSupplier {
  // No lambda: the first one of a JVM costs its start some fifty classes more.

  @Override
  public long getAsLong() {
    return System.nanoTime();
  }
}
