package io.stallguard.core.engine;

import java.util.concurrent.Executor;

/**
 * The pools of threads for work that the watchdog must not wait for. The watchdog gives it, and so
 * does the thread that ends the JVM.
 */
public interface Threads {
  /** The pool for looks at what the app owns, which may block; never behind an abort. */
  Executor looks();

  /** The pool for aborts, which may block. */
  Executor aborts();

  /** The pool for escalations, the harder aborts; never behind an abort that hangs. */
  Executor escalations();

  /** The pool that writes reports, one after another. */
  Executor reports();

  /** Gets ready what has to be had before memory is short; starts no thread. */
  default void prepare() {}

  /** Finds threads for work that was left without one. Each second, by the watchdog. */
  default void tend() {}
}
