package io.stallguard.probes;

import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What a request is made of that never ends: some bytes every few milliseconds. */
final class Endless extends InputStream {
  /** With the period slow enough for a server that keeps all of it. */
  private static final int BYTES = 4096;

  static final long PERIOD_MILLIS = 5;

  /** Waits for the next piece. */
  static byte[] next() {
    try {
      TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return piece();
  }

  static byte[] piece() {
    return new byte[BYTES];
  }

  @Override
  public int read() {
    return next()[0];
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int count = Math.min(length, next().length);
    Arrays.fill(bytes, offset, offset + count, (byte) 0);
    return count;
  }
}
