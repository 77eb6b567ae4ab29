package io.stallguard.core.engine;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rule when a connection that exchanges share is of no use any more, once one of them was
 * released. Any thread.
 */
public final class SilentConnection {
  // An exchange of HTTP/2 that is released leaves the connection to its siblings: a server that
  // hangs in one answer may give all the others. Where the network is gone it gives none: whoever
  // asks next would wait for a whole limit once more, and nobody would ever close the connection.
  // It cannot be known which of the two it is, but it need not be: a connection by which nobody has
  // had a byte for a while takes no new exchange, if its client has a way for that, and is closed
  // once no exchange is left on it but such as were released. What is left, guarded or not, the
  // client's own books tell. A server that was healthy is asked for another connection; that is
  // all.
  //
  // Siblings that fall silent together have had their last bytes at different times, and the first
  // one that is released asks again at once: so a little less than the limit is enough. That no new
  // exchange comes harms nobody, and nothing is closed under one that goes on.
  //
  // Only a silence of bytes says something of a connection: not one of events, nor the time that a
  // whole stream takes, nor an operator, nor an answer that lingers after its end.

  /** How far apart the last bytes of siblings that fall silent together may be, and then some. */
  private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(30);

  private SilentConnection() {}

  /**
   * Whether the connection of an exchange that was released is silent, as far as its lane knows.
   *
   * @param released over by decision; its lane is that connection. Without a lane only its own
   *     silence is known
   */
  public static boolean isOf(Guard released) {
    Stall stall = stall(released);
    Lane lane = released.lane;
    return stall != null && (lane == null || lane.silentNanos(released.now()) >= enough(stall));
  }

  /**
   * Whether the connection of an exchange that was released is silent, where its client tells for
   * how long nothing at all has come by it.
   *
   * @param silentMillis may be some milliseconds off
   */
  public static boolean isOf(Guard released, long silentMillis) {
    Stall stall = stall(released);
    return stall != null && TimeUnit.MILLISECONDS.toNanos(silentMillis) >= enough(stall);
  }

  private static long enough(Stall stall) {
    long limit = stall.limit().nanos();
    return limit - Math.min(limit / 2, APART_NANOS);
  }

  private static @Nullable Stall stall(Guard released) {
    Incident incident = released.incident();
    return incident != null && incident.stall().isSilenceOfBytes() ? incident.stall() : null;
  }
}
