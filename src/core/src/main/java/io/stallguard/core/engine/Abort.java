package io.stallguard.core.engine;

import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.NothingDoneException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a client's module does and knows of one exchange; the name is that of its main method, which
 * ends the exchange in the way of its client, so that whoever waits for it is released. Made by the
 * helper that opens the guard. The watchdog calls most methods, which then must not block: each
 * says who calls it.
 *
 * <p>For a silence near its limit the watchdog has the wire asked by {@link #lastLook}, twice at
 * the least, and then asks {@link #decide}. Once the stream is over by decision it may {@link #cut}
 * at once. An abort thread calls {@link #abort}, and {@link #escalate} where that was not enough.
 * The other methods tell what the verdict and the report need to know.
 */
public interface Abort {
  /**
   * Decides whether a silence beyond its limit is a stall. By default that is so at once. A client
   * that delivers on a thread of its own has that thread decide and end the exchange itself, so
   * that nothing can come between; {@link #abort} is called later all the same. Called by the
   * watchdog; must not block.
   *
   * @param guard the stream in question
   * @param decision to be answered once; until then the stream is not looked at again
   */
  default void decide(Guard guard, Decision decision) {
    decision.take();
  }

  /**
   * Whether the thread that was to {@link #decide} can still do so. If not, the watchdog decides,
   * and {@link #abort} is left with all that there is to do. Called by the watchdog on each tick
   * while there is no answer; must not block.
   */
  default boolean canDecide() {
    return true;
  }

  /**
   * Who is asked before {@link #decide}, for each silence, whether anything waits to be read; null
   * if the decision itself finds that out. Called by the watchdog; must not block.
   */
  default @Nullable LastLook lastLook() {
    return null;
  }

  /**
   * What keeps a look or a decision from being answered. People are told of it, with the stacks of
   * its threads, once the answer has taken as long as the limit. Called by the watchdog; must not
   * block.
   */
  default Holdup holdup() {
    return Holdup.of("its client");
  }

  /**
   * The least time between two looks, in nanoseconds; no more than a quarter of the limit counts.
   * Above zero where answers that share a connection may have left the server no room to send until
   * just before the first look: in that time the server hears that there is room, and what it sends
   * comes. Called by the watchdog; must not block.
   */
  default long roundTripNanos() {
    return 0;
  }

  /**
   * What leaves the server no room to send, where a look or a decision has found that there is
   * none. People are told of it once it has lasted for one limit more. Called by the watchdog; must
   * not block.
   */
  default Holdup usedRoom() {
    return Holdup.ofRoom(this, () -> "what was not read of other answers on its connection");
  }

  /**
   * Whether who asked for the body may have left without a word to the client. Then nobody is seen
   * to wait: the report says so, and the breaker does not count the stall. Called by the watchdog,
   * or by who answers the decision; must not block.
   */
  default boolean isLeftUnseen() {
    return false;
  }

  /**
   * The address at the other end of the connection, for reports, where the exchange does not tell
   * it; null if it cannot be had. Called by the watchdog, or by who answers the decision; must not
   * block.
   */
  default @Nullable SocketAddress peer() {
    return null;
  }

  /**
   * Frees a reader that is blocked in a read of the exchange's own socket, where to do so waits for
   * nothing: neither for a peer nor for code of an app. {@link #abort} follows at once and has the
   * rest; what that says counts. Called by the watchdog as soon as the outcome is fixed, and not
   * for every stream. A thread that first has to be woken or started comes late where processor
   * time is short: hence this way without one.
   *
   * @return false if nothing was done
   */
  default boolean cut() {
    return false;
  }

  /**
   * Ends the exchange: closes the connection of HTTP/1.1, resets the stream of HTTP/2. Called on an
   * abort thread; may block, and is then followed by {@link #escalate}. Called again about each
   * second until the reader is free and something was done, or nothing is left to do; never twice
   * at the same time.
   *
   * <p>To return says that something was done, now or before, or that nothing is left to be ended.
   * To throw says that nothing was done.
   *
   * @param guard tells why, and makes the exception for the waiting reader
   * @throws NothingDoneException if there is nothing that could be closed in this way
   * @throws Exception if that failed, which counts as an error of ours
   */
  void abort(Guard guard) throws Exception;

  /**
   * Ends the exchange in a second and harder way, because {@link #abort} threw, has not returned in
   * time, or has not freed the reader. Called on the abort's own thread, or on another one of ours
   * where the abort hangs or found none; again about each second as the abort is, never twice at
   * the same time.
   *
   * @param guard as for the abort
   * @throws NothingDoneException if nothing could be done, or there is no second way
   * @throws Exception if that failed, which counts as an error of ours
   */
  default void escalate(Guard guard) throws Exception {
    throw new NothingDoneException("there is no second way");
  }
}
