package io.stallguard.testapp;

/**
 * A way of using a client, and what the app then sees.
 *
 * @param form the probe's name for it
 * @param delivery what reaches the app of a stream that stalls
 * @param pausable whether its consumer can be slow
 * @param thrown how the chain of exceptions begins when the stream stalls
 */
record Usage(String form, Delivery delivery, boolean pausable, String thrown) {

  /** In what pieces a body reaches the app. */
  enum Delivery {
    /** The body as bytes: all that came before the stall is there. */
    BYTES,
    /** The body as whole lines. */
    LINES,
    /** All at once or not at all. */
    WHOLE,
    /** The body as the data of events. */
    EVENTS
  }
}
