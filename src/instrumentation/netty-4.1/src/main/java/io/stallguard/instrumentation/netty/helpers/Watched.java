package io.stallguard.instrumentation.netty.helpers;

import io.stallguard.core.engine.Guard;

/** What is waited for on a channel: a response head, or a body. Event loop only. */
interface Watched {
  Guard guard();

  /** Whether the app may want bytes at this moment; if not, there is no silence. */
  boolean isWanted();

  /** Whether any byte of a body has been delivered. */
  boolean isBegun();

  /** Ends the watching: what is waited for is over, or nobody's business any more. */
  void end();
}
