package io.stallguard.core.engine;

import io.stallguard.core.body.StreamFormat;

/**
 * The body of an encoded exchange, seen where its client has decoded it. The thread that delivers
 * the bytes.
 */
public final class DecodedBody {
  private DecodedBody() {}

  /** Has the guard take the bytes that follow as decoded. By the thread that delivers the bytes. */
  public static void begins(Guard guard) {
    guard.format(StreamFormat.ofDecoded(guard.exchange(), guard.limits().names(), guard.events()));
  }
}
