package io.stallguard.core;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input stream that tells its guard when it waits and what came. */
public final class GuardedInputStream extends FilterInputStream {
  // What a read brought is delivered even if a stall was decided meanwhile: the next read tells.
  // An end that was seen after the decision is not one: closing a TLS socket under a blocked
  // reader makes that read return -1 now and then, and an app would take it for a whole answer.

  private final Guard guard;

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
    begin();
    int value;
    try {
      value = in.read();
    } catch (Throwable t) {
      failed(t);
      throw t;
    }
    end(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    begin();
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (Throwable t) {
      failed(t);
      throw t;
    }
    end(count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    begin();
    long skipped;
    try {
      skipped = in.skip(count);
    } catch (Throwable t) {
      failed(t);
      throw t;
    }
    guard.arrived(skipped);
    return skipped;
  }

  private void begin() throws IOException {
    if (!guard.awaiting()) {
      throw guard.stallException(null);
    }
  }

  private void end(int count) throws IOException {
    if (count >= 0) {
      guard.arrived(count);
    } else if (!guard.finished()) {
      throw guard.stallException(null);
    }
  }

  private void failed(Throwable thrown) throws IOException {
    if (!guard.satisfied()) {
      throw guard.stallException(thrown);
    }
  }

  /** May wait for the peer, like a read; but who closes wants the end, and gets it either way. */
  @Override
  public void close() throws IOException {
    guard.awaiting();
    try {
      in.close();
    } catch (IOException e) {
      if (!guard.isStalled()) {
        throw e;
      }
    } finally {
      guard.finished();
    }
  }
}
