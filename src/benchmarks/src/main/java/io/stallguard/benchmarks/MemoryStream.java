package io.stallguard.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;

/** An endless stream that has a chunk of a server-sent event's size for each read. */
public final class MemoryStream extends InputStream {
  /** A delta event of one token. */
  public static final int CHUNK = 128;

  private static final String BEGIN =
      "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"";

  private static final String END = "\"}}\n\n";

  private final byte[] chunk = event();
  private int position;

  /** An event of a chunk's size, so that a guard has something to find. */
  public static byte[] event() {
    String text = "x".repeat(CHUNK - BEGIN.length() - END.length());
    return (BEGIN + text + END).getBytes(US_ASCII);
  }

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
