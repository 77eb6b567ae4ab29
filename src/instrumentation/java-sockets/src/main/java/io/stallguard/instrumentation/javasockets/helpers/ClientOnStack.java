package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.NamesOnStacks;
import java.util.List;

/**
 * Tells whether a client of some kinds is using a socket, by the names of the classes on the stack.
 */
final class ClientOnStack {
  // Not what tells whether an exchange is guarded: a name does not say that its module works. It
  // tells whose exchange it is where that cannot be had by a claim. Clients whose module the
  // operator has switched off are not woven; nobody claims what they send, and yet it is to be left
  // alone. A raw socket that is named in the settings has no exchange to be claimed.

  /**
   * How many frames are looked at: who reads is near the read, and what is far above may be a
   * server of these clients' makers.
   */
  private static final int NEAREST_FRAMES = 24;

  private final List<String> beginnings;

  private ClientOnStack(List<String> beginnings) {
    this.beginnings = beginnings;
  }

  /** Looks for all clients that are known by their names. */
  static ClientOnStack ofAny() {
    return new ClientOnStack(NamesOnStacks.of(module -> true));
  }

  /** Looks for the clients that the operator has switched off, which is settled at the start. */
  static ClientOnStack switchedOff(Engine engine) {
    return new ClientOnStack(NamesOnStacks.of(engine::isOff));
  }

  boolean isThere() {
    if (beginnings.isEmpty()) {
      return false;
    }
    StackTraceElement[] frames = new Throwable().getStackTrace();
    int count = Math.min(frames.length, NEAREST_FRAMES);
    for (int i = 0; i < count; i++) {
      if (isOfAClient(frames[i].getClassName())) {
        return true;
      }
    }
    return false;
  }

  private boolean isOfAClient(String type) {
    for (String beginning : beginnings) {
      if (type.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
