package io.stallguard.instrumentation.javasockets.helpers;

/** Whether a client that has a module of its own is reading: its body has that module's guard. */
final class ClientOnStack {
  // Asked once a connection, when the head of its first response has come; then the tap stays or is
  // shut for ever. To mark the thread in each guarded read instead would cost every read of every
  // client. A copy of a client under another name is not found: nor does its module find it.

  /** The clients that read blocking sockets, by how their classes' names begin. */
  private static final String[] CLIENTS = {
    "okhttp3.", "sun.net.www.", "org.apache.http.", "org.apache.hc.", "io.netty."
  };

  /** Who reads is near the read; what is far above may be a server of these clients' makers. */
  private static final int NEAREST_FRAMES = 24;

  private ClientOnStack() {}

  static boolean isThere() {
    StackTraceElement[] frames = new Throwable().getStackTrace();
    int count = Math.min(frames.length, NEAREST_FRAMES);
    for (int i = 0; i < count; i++) {
      if (isOfAClient(frames[i].getClassName())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfAClient(String type) {
    for (String client : CLIENTS) {
      if (type.startsWith(client)) {
        return true;
      }
    }
    return false;
  }
}
