package io.stallguard.core.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener, if there is one, on which thread each exchange begins. Any thread. */
public final class Beginnings {
  private volatile @Nullable Consumer<Thread> listener;

  /** Has each beginning told to this listener from now on, on the very thread; null: to nobody. */
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
