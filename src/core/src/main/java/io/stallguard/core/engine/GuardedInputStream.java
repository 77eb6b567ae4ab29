package io.stallguard.core.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input stream that tells its guard when it waits and what came. The thread that reads, one at a
 * time; any thread may close.
 */
public final class GuardedInputStream extends FilterInputStream {
  // What a read brought is delivered even if a stall was decided meanwhile: the next read tells.
  // An end that was seen after the decision is not one: closing a TLS socket under a blocked
  // reader makes that read return -1 now and then, and an app would take it for a whole answer.

  private static final int SKIP_BYTES = 2048;

  private final Guard guard;

  /** The single byte that was read, to be looked at. Belongs to one reader after another. */
  private final byte[] single = new byte[1];

  /**
   * Guards a stream.
   *
   * @param in the body as the client reads it
   */
  public GuardedInputStream(InputStream in, Guard guard) {
    super(in);
    this.guard = guard;
  }

  @Override
  public int read() throws IOException {
    if (!guard.awaiting()) {
      return guard.endOrThrow(null);
    }
    int value;
    try {
      value = in.read();
    } catch (Throwable t) {
      if (!FailedRead.isOwn(guard, t)) {
        return guard.endOrThrow(t);
      }
      throw t;
    }
    if (value < 0) {
      return end();
    }
    single[0] = (byte) value;
    arrived(single, 0, 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!guard.awaiting()) {
      return guard.endOrThrow(null);
    }
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (Throwable t) {
      if (!FailedRead.isOwn(guard, t)) {
        return guard.endOrThrow(t);
      }
      throw t;
    }
    if (count < 0) {
      return end();
    }
    arrived(bytes, offset, count);
    return count;
  }

  /** Skips by reading, as most streams do: what is skipped has to be looked at too. */
  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.max(0, Math.min(SKIP_BYTES, count))];
    long left = count;
    while (left > 0) {
      int read = read(skipped, 0, (int) Math.min(skipped.length, left));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return Math.max(0, count) - Math.max(0, left);
  }

  private void arrived(byte[] bytes, int offset, int count) {
    guard.scan(bytes, offset, count);
    guard.arrived(count);
  }

  private int end() throws IOException {
    return guard.completed() == BodyEnd.NORMAL ? -1 : guard.endOrThrow(null);
  }

  /**
   * Closes the stream, which may wait for the peer, like a read; but who closes wants the end, and
   * gets it either way.
   */
  @Override
  public void close() throws IOException {
    guard.awaiting();
    try {
      in.close();
    } catch (IOException e) {
      if (!guard.isDecided()) {
        throw e;
      }
    } finally {
      guard.finished();
    }
  }
}
