package io.stallguard.core.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What keeps a verdict from being given, and the threads that people should look at for that. */
public final class Holdup {
  private final String what;
  private final List<Thread> threads;

  private Holdup(String what, List<Thread> threads) {
    this.what = what;
    this.threads = threads;
  }

  /**
   * Somebody who was asked and does not answer.
   *
   * @param what who that is, as the subject of a sentence: {@code its event loop}
   * @param threads that answer for it, whose stacks are told; none if they are not known
   */
  public static Holdup of(String what, Thread... threads) {
    return new Holdup(what, Collections.unmodifiableList(Arrays.asList(threads.clone())));
  }

  /** For people, as the subject of a sentence. */
  public String what() {
    return what;
  }

  /** Whose stacks say why. */
  public List<Thread> threads() {
    return threads;
  }

  /** Of the same thing, whichever stream waits for it. */
  public int key() {
    return 31 * what.hashCode() + threads.hashCode();
  }
}
