package io.stallguard.benchmarks;

import java.io.InputStream;

/** An endless stream that has a chunk of a server-sent event's size for each read. */
final class MemoryStream extends InputStream {
  /** A delta event of one token. */
  static final int CHUNK = 128;

  private final byte[] chunk = new byte[CHUNK];
  private int position;

  @Override
  public int read() {
    position = (position + 1) & (CHUNK - 1);
    return chunk[position];
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int count = Math.min(length, CHUNK);
    System.arraycopy(chunk, 0, bytes, offset, count);
    return count;
  }
}
