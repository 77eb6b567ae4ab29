package io.stallguard.core.engine;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A guarded body whose client gives the connection back to a pool as soon as it has seen the end.
 * The thread that reads, one at a time; any thread may close.
 */
public final class PooledInputStream extends FilterInputStream {
  // Two things that such a client does would go wrong with a guard alone:
  //
  // - It pools the connection once a read has told it of the end. A reader can come back before the
  //   abort has run, because it was served at the moment of the decision; the connection would go
  //   to the pool open, and be closed under the next request. So the reader closes it itself before
  //   it says anything.
  // - It reads a body that is closed to its end, so as to keep the connection. A silent server must
  //   not hold it, but one that still sends is not silent: so what is left is read here, where the
  //   guard sees it come.

  private static final int BUFFER_BYTES = 2048;

  private final Guard guard;
  private final Closeable connection;

  /** Whether there is nothing that a close would read: the end, a failure or a close before. */
  private boolean over;

  /**
   * Guards a stream.
   *
   * @param body the body as the client reads it
   * @param readsToEnd whether the client reads what is left when the body is closed
   * @param connection closes the connection the hard way; called more than once, on any thread
   */
  public PooledInputStream(
      InputStream body, Guard guard, boolean readsToEnd, Closeable connection) {
    super(new GuardedInputStream(body, guard));
    this.guard = guard;
    this.over = !readsToEnd;
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    try {
      int value = in.read();
      seen(value);
      return value;
    } catch (Throwable t) {
      seen(-1);
      throw t;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int count = in.read(bytes, offset, length);
      seen(count);
      return count;
    } catch (Throwable t) {
      seen(-1);
      throw t;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return in.skip(count);
    } catch (Throwable t) {
      seen(-1);
      throw t;
    }
  }

  private void seen(int count) {
    if (count < 0) {
      over = true;
      discardIfDecided();
    }
  }

  @Override
  public void close() throws IOException {
    discardIfDecided();
    try {
      readLeft();
      in.close();
    } finally {
      guard.finished();
      discardIfDecided();
    }
  }

  private void readLeft() throws IOException {
    if (over) {
      return;
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      while (!over) {
        over = in.read(buffer, 0, BUFFER_BYTES) < 0;
      }
    } catch (Throwable t) {
      over = true;
      // Who closes wants the end, and gets it either way.
      if (!guard.isStalled() && guard.truncation() == null) {
        throw t;
      }
    }
  }

  private void discardIfDecided() {
    if (!guard.isDecided()) {
      return;
    }
    try {
      connection.close();
    } catch (IOException e) {
      // A socket that fails to close is as useless as a closed one; the abort has told, or will.
    }
  }
}
