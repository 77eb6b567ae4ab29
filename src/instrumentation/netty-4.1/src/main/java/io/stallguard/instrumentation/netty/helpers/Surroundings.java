package io.stallguard.instrumentation.netty.helpers;

import io.stallguard.core.Engine;

/** What all handlers of one copy of Netty share. Any thread. */
final class Surroundings {
  private final Engine engine;
  private final Messages messages;
  private final Failures failures = new Failures();

  Surroundings(Engine engine, Messages messages) {
    this.engine = engine;
    this.messages = messages;
  }

  Engine engine() {
    return engine;
  }

  Messages messages() {
    return messages;
  }

  Failures failures() {
    return failures;
  }
}
