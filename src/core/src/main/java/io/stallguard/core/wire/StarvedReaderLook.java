package io.stallguard.core.wire;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A look for a stream whose reader is a platform thread of a process that gets too few cores: what
 * waits for it may have been fetched already, while the thread itself waits for one. Threads for
 * looks, or the watchdog where the look is quick, one at a time.
 */
public final class StarvedReaderLook implements LastLook {
  /**
   * How often the reader is believed to have something: some tens of seconds at least, with two
   * ticks between two looks. A thread that never rests in its read for as long waits there by
   * asking again and again.
   */
  private static final int MOST = 1_000;

  private final LastLook wire;
  private final BooleanSupplier runs;
  private int found;

  StarvedReaderLook(LastLook wire, BooleanSupplier runs) {
    this.wire = wire;
    this.runs = runs;
  }

  /**
   * A look at the wire that asks about the reader too, if that may starve; else the wire's own. The
   * watchdog makes it.
   *
   * @param wire null if there is nothing to be asked
   * @param reader the thread that waits; null if none does
   * @param known a reader of this stream's, maybe of before; null if cores were there for all
   */
  public static @Nullable LastLook of(
      @Nullable LastLook wire, @Nullable Thread reader, @Nullable KernelThread known) {
    if (wire == null || reader == null || known == null) {
      return wire;
    }
    return known.isOf(reader) && !VirtualThreads.isOne(reader)
        ? new StarvedReaderLook(wire, known::isRunning)
        : wire;
  }

  /** Uses now what is used first in a look: what fails then for want of memory is lost for good. */
  public static void prepare() {
    of(Look::nothing, Thread.currentThread(), KernelThread.ofCurrent());
  }

  @Override
  public void ask(Look look) throws Exception {
    if (found < MOST && runs.getAsBoolean()) {
      found++;
      look.waits();
    } else {
      wire.ask(look);
    }
  }

  @Override
  public boolean isQuick() {
    return wire.isQuick();
  }
}
