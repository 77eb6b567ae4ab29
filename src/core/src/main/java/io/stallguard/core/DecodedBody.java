package io.stallguard.core;

import io.stallguard.core.body.StreamFormat;

/** The body of an encoded exchange, seen where its client has decoded it. */
public final class DecodedBody {
  private DecodedBody() {}

  /** What this guard is shown from now on is decoded. By the thread that delivers the bytes. */
  public static void begins(Guard guard) {
    guard.format(StreamFormat.ofDecoded(guard.exchange(), guard.limits().names(), guard.events()));
  }
}
