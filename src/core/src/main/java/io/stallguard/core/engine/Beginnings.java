package io.stallguard.core.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who wants to know on which threads exchanges begin: mostly nobody. Any thread. */
public final class Beginnings {
  private volatile @Nullable Consumer<Thread> listener;

  /** Hears of each from now on, on the very thread; null: nobody does any more. */
  public void heardBy(@Nullable Consumer<Thread> heard) {
    listener = heard;
  }

  /** An exchange begins on this thread, or its answer has come to it. */
  public void here() {
    Consumer<Thread> heard = listener;
    if (heard != null) {
      heard.accept(Thread.currentThread());
    }
  }
}
