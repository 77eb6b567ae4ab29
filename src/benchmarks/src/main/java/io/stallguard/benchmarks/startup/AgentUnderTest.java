package io.stallguard.benchmarks.startup;

import java.util.List;

/** An agent and the options that attach it, none for the bare JVM. */
record AgentUnderTest(String name, List<String> options) {
  static final String NONE = "no agent";
  static final String EMPTY = "empty agent";
  static final String STALLGUARD = "StallGuard";
}
