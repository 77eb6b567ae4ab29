package io.stallguard.instrumentation.netty.helpers;

import io.netty.util.concurrent.EventExecutor;
import io.stallguard.core.Engine;
import io.stallguard.core.Lane;
import java.util.Map;
import java.util.WeakHashMap;

/** What all handlers of one copy of Netty share. Any thread. */
final class Surroundings {
  private final Engine engine;
  private final HttpMessages messages;
  private final ReadTimeouts timeouts = new ReadTimeouts();
  private final Map<EventExecutor, Lane> lanes = new WeakHashMap<>();

  Surroundings(Engine engine, HttpMessages messages) {
    this.engine = engine;
    this.messages = messages;
  }

  Engine engine() {
    return engine;
  }

  HttpMessages messages() {
    return messages;
  }

  ReadTimeouts timeouts() {
    return timeouts;
  }

  /** An event loop delivers what comes on all of its channels. */
  Lane lane(EventExecutor eventLoop) {
    synchronized (lanes) {
      return lanes.computeIfAbsent(eventLoop, loop -> new Lane());
    }
  }
}
