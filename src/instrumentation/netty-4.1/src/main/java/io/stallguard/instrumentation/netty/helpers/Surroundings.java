package io.stallguard.instrumentation.netty.helpers;

import io.stallguard.core.Engine;

/** What all handlers of one copy of Netty share. Any thread. */
final class Surroundings {
  private final Engine engine;
  private final HttpMessages messages;
  private final ReadTimeouts timeouts = new ReadTimeouts();

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
}
