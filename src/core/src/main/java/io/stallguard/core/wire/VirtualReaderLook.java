package io.stallguard.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * A look for a stream whose reader, or its client's, is a virtual thread: what waits for that one
 * may have been fetched already, while the thread itself waits for a carrier that the app keeps
 * busy. Threads for looks, one at a time.
 */
public final class VirtualReaderLook implements LastLook {
  // The default scheduler runs virtual threads in the order in which they became runnable, but for
  // what carriers take from each other. So a reader that had something before one of ours was begun
  // has run by the time that ours did. The wire is asked after that: two looks in a row that find
  // nothing have such a thread between them.

  private final LastLook wire;
  private final Scheduler virtual;

  /** The turn that was begun at the look before; there is never more than one that has not run. */
  private volatile @Nullable Turn turn;

  /**
   * A look for a virtual reader.
   *
   * @param virtual runs what it is given on a virtual thread
   */
  VirtualReaderLook(LastLook wire, Scheduler virtual) {
    this.wire = wire;
    this.virtual = virtual;
  }

  /** Runs tasks on virtual threads, each once it has a carrier. Does not wait. */
  interface Scheduler {
    /** Starts a task. */
    void start(Runnable task) throws Exception;
  }

  /**
   * A look at the wire that asks a virtual reader too, if there is one; else the wire's own. The
   * watchdog makes it.
   *
   * @param wire null if there is nothing to be asked
   * @param reader the thread that waits; null if none does
   */
  public static @Nullable LastLook of(@Nullable LastLook wire, @Nullable Thread reader) {
    return wire == null || reader == null || !VirtualThreads.isOne(reader) ? wire : around(wire);
  }

  /** The look for a stream whose client has a virtual thread between the wire and the reader. */
  public static LastLook around(LastLook wire) {
    return wire instanceof VirtualReaderLook
        ? wire
        : new VirtualReaderLook(wire, VirtualThreads::start);
  }

  /** Uses now what is used first in a look: what fails then for want of memory is lost for good. */
  public static void prepare() {
    VirtualThreads.isOne(Thread.currentThread());
  }

  @Override
  public void ask(Look look) throws Exception {
    Turn before = turn;
    if (before != null && !before.done) {
      look.waits();
      return;
    }
    Turn next = new Turn();
    virtual.start(next);
    turn = next;
    wire.ask(look);
  }

  /** The turn of a virtual thread, which knows nothing else, as it may wait for long. */
  private static final class Turn implements Runnable {
    volatile boolean done;

    @Override
    public void run() {
      done = true;
    }
  }
}
