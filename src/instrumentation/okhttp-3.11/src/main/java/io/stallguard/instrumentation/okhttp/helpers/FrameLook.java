package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.wire.Backlog;
import io.stallguard.core.wire.Look;
import io.stallguard.core.wire.SharedSocketLook;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Asks whether the frames that have come on a connection were looked at. For one verdict. */
final class FrameLook {
  private final SharedSocketLook socket;
  private final Backlog backlog = new Backlog();
  private final FrameReader reader = new FrameReader();

  /** The bytes in the reader's buffer at the look before. */
  private volatile long before;

  FrameLook(SharedSocketLook socket) {
    this.socket = socket;
  }

  /**
   * Asks. Bytes in the buffer of the thread that reads are either about to be looked at, or the
   * begin of a frame whose rest has not come: then they stay as they are. On a connection that is
   * never at rest they change all the time.
   */
  void ask(HeldConnection held, Look look) {
    Object connection = held.frames();
    long now = buffered(connection);
    boolean moves = now != before;
    before = now;
    if (now > 0 && moves && backlog.mayHold()) {
      look.waits();
    } else if (socket.isFetched()) {
      look.nothing();
    } else if (connection != null && reader.hasEnded(connection)) {
      look.unfetched();
    } else {
      look.waits();
    }
  }

  private static long buffered(@Nullable Object frames) {
    Object source =
        frames == null ? null : Insides.end(frames, "readerRunnable", "reader", "source");
    return source instanceof BufferedSource ? ((BufferedSource) source).buffer().size() : 0;
  }
}
