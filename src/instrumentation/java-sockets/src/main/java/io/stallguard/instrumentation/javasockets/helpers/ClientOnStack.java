package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Engine;
import java.util.ArrayList;
import java.util.List;

/** Whether one of some clients is using a socket, by the names of the classes on the stack. */
final class ClientOnStack {
  // Not what tells whether an exchange is guarded: a name does not say that its module works. It
  // tells whose exchange it is where that cannot be had by a claim. Clients whose module the
  // operator has switched off are not woven; nobody claims what they send, and yet it is to be left
  // alone. A raw socket that is named in the settings has no exchange to be claimed.

  /** The clients of blocking sockets that have modules, by how their classes' names begin. */
  private static final String[][] CLIENTS = {
    {"okhttp", "okhttp3."},
    {"http-url-connection", "sun.net.www."},
    {"apache-httpclient-4", "org.apache.http."},
    {"apache-httpclient-5", "org.apache.hc."},
    {"netty", "io.netty."}
  };

  /** Who reads is near the read; what is far above may be a server of these clients' makers. */
  private static final int NEAREST_FRAMES = 24;

  private final List<String> beginnings;

  private ClientOnStack(List<String> beginnings) {
    this.beginnings = beginnings;
  }

  /** Looks for all of them. */
  static ClientOnStack ofAny() {
    List<String> all = new ArrayList<>();
    for (String[] client : CLIENTS) {
      all.add(client[1]);
    }
    return new ClientOnStack(all);
  }

  /** Looks for those that the operator has switched off, which is settled at the start. */
  static ClientOnStack switchedOff(Engine engine) {
    List<String> off = new ArrayList<>();
    for (String[] client : CLIENTS) {
      if (engine.isOff(client[0])) {
        off.add(client[1]);
      }
    }
    return new ClientOnStack(off);
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
