package io.stallguard.core;

import java.util.concurrent.Executor;

/** Where work is done that the watchdog must not wait for. */
interface Threads {
  /** Runs looks at what the app owns, which may block; never behind an abort. */
  Executor looks();

  /** Runs aborts, which may block. */
  Executor aborts();

  /** Runs the harder aborts; never behind an abort that hangs. */
  Executor escalations();

  /** Writes reports, one after another. */
  Executor reports();

  /** Gets ready what has to be had before memory is short; starts no thread. */
  default void prepare() {}

  /** Finds threads for work that was left without one. Each second, by the watchdog. */
  default void tend() {}
}
