package io.stallguard.core.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Why a verdict is put off: somebody does not answer, or the server has no room to send. Knows the
 * threads whose stacks say more. Immutable; what takes time is found out by the thread for reports.
 */
public final class Holdup {
  private final int key;
  private final Supplier<String> what;
  private final Supplier<List<Thread>> threads;
  private final boolean ofRoom;

  private Holdup(int key, Supplier<String> what, Supplier<List<Thread>> threads, boolean ofRoom) {
    this.key = key;
    this.what = what;
    this.threads = threads;
    this.ofRoom = ofRoom;
  }

  /**
   * Answers on the same connection that nobody reads, so that the server may send no more.
   *
   * @param connection which is the same for the same thing
   * @param what they are, as the subject of a sentence
   */
  public static Holdup ofRoom(Object connection, Supplier<String> what) {
    return new Holdup(
        System.identityHashCode(connection), what, () -> Collections.<Thread>emptyList(), true);
  }

  /**
   * Something whose name and threads take time to be found out, which is done when they are told.
   *
   * @param of which is the same for the same thing
   * @param what who that is, as the subject of a sentence
   * @param threads that answer for it
   */
  public static Holdup of(Object of, Supplier<String> what, Supplier<List<Thread>> threads) {
    return new Holdup(System.identityHashCode(of), what, threads, false);
  }

  /**
   * Somebody who was asked and does not answer.
   *
   * @param what who that is, as the subject of a sentence: {@code its event loop}
   * @param threads that answer for it, whose stacks are told; none if they are not known
   */
  public static Holdup of(String what, Thread... threads) {
    List<Thread> known = Collections.unmodifiableList(Arrays.asList(threads.clone()));
    return new Holdup(31 * what.hashCode() + known.hashCode(), () -> what, () -> known, false);
  }

  /** What keeps the verdict, for people, as the subject of a sentence. */
  public String what() {
    return what.get();
  }

  /** Whether the server has no room to send; else somebody does not answer. */
  public boolean isOfRoom() {
    return ofRoom;
  }

  /** The threads whose stacks say why. */
  public List<Thread> threads() {
    return threads.get();
  }

  /** A number that is the same for the same thing, whichever stream waits for it. */
  public int key() {
    return key;
  }
}
