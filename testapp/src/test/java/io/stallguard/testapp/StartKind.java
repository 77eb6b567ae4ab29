package io.stallguard.testapp;

import io.stallguard.testing.Jdk;

/** What is there before the app's main begins. */
enum StartKind {
  /** Nothing but the agent. */
  PLAIN(8),

  /** An AOT cache whose training run had the module that agents need, and no agent. */
  AOT_WITHOUT_US(25),

  /** An AOT cache whose training run had the agent. */
  AOT_WITH_US(25),

  /** An archive of the app's classes, made without an agent. */
  APP_CDS(17),

  /** Another agent has loaded the classes of all clients. */
  OTHER_AGENT(8),

  /** The app runs, and its client was used: then the agent comes. */
  ATTACH(8);

  private final int fromJdk;

  StartKind(int fromJdk) {
    this.fromJdk = fromJdk;
  }

  boolean isOn(Jdk jdk) {
    return jdk.feature() >= fromJdk;
  }
}
