package io.stallguard.core;

import io.stallguard.core.engine.Holdup;
import io.stallguard.core.engine.LastLook;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Ends one exchange of one client, so that whoever waits for it is released. */
public interface Abort {
  /**
   * Decides whether a silence beyond its limit is a stall: at once, or, for clients that deliver on
   * a thread of their own, there. That thread then ends the exchange itself, so that nothing can
   * come between; {@link #abort} is called later all the same. Called by the watchdog; must not
   * block.
   *
   * @param guard the stream in question
   * @param decision to be answered once; until then the stream is not looked at again
   */
  default void decide(Guard guard, Decision decision) {
    decision.take();
  }

  /**
   * Whether a decision that was asked for may still be answered. If not, the watchdog answers it,
   * and {@link #abort} is left with all that there is to do. Called by the watchdog on each tick
   * while there is no answer; must not block.
   */
  default boolean canDecide() {
    return true;
  }

  /**
   * What is asked before {@link #decide}, for each silence beyond its limit, whether anything waits
   * to be read; null if the decision itself finds that out. Called by the watchdog; must not block.
   */
  default @Nullable LastLook lastLook() {
    return null;
  }

  /**
   * What keeps a look or a decision that was asked for from being answered. Told once that has
   * taken as long again as the limit, with the stacks of its threads. Called by the watchdog; must
   * not block.
   */
  default Holdup holdup() {
    return Holdup.of("its client");
  }

  /**
   * What lies between the two looks at the least, where answers that share a connection may have
   * left the server no room to send until just before the first: in that time it hears that there
   * is some, and what it sends comes. Called by the watchdog; must not block.
   */
  default long roundTripNanos() {
    return 0;
  }

  /**
   * What leaves the server no room to send, where that was found. Told once it has lasted for one
   * limit more. Called by the watchdog; must not block.
   */
  default Holdup usedRoom() {
    return Holdup.ofRoom(this, () -> "what was not read of other answers on its connection");
  }

  /**
   * Whether who asked for the body may have left without a word to the client, so that nobody is
   * seen to wait: the report says so, and the breaker does not count it. Called by the watchdog;
   * must not block.
   */
  default boolean isLeftUnseen() {
    return false;
  }

  /**
   * The address at the other end of the connection, where the exchange does not tell; null if it
   * cannot be had. For reports. Called by the watchdog; must not block.
   */
  default @Nullable SocketAddress peer() {
    return null;
  }

  /**
   * Frees who is blocked in a read of the exchange's own socket, if that waits for nothing: no
   * peer, no code of an app. {@link #abort} follows at once and has the rest; what it says counts.
   * Called by the watchdog as soon as the outcome is fixed, and not for every stream: a thread that
   * has to be woken for it, or started, comes late where processor time is short.
   *
   * @return false if nothing was done
   */
  default boolean cut() {
    return false;
  }

  /**
   * Ends the exchange: closes the connection of HTTP/1.1, resets the stream of HTTP/2. Called on an
   * abort thread; may block, and is then followed by {@link #escalate}. Called again about each
   * second until the reader is free, never twice at the same time.
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
   * Ends it in a second and harder way, because {@link #abort} threw, has not returned in time, or
   * has not freed the reader. Called on a thread of ours, maybe while the abort is still running or
   * waits to run; again about each second until the reader is free, never twice at the same time.
   *
   * @param guard as for the abort
   * @throws NothingDoneException if nothing could be done, or there is no second way
   * @throws Exception if that failed, which counts as an error of ours
   */
  default void escalate(Guard guard) throws Exception {
    throw new NothingDoneException("there is no second way");
  }
}
