package io.stallguard.benchmarks;

import java.util.List;

/** An agent and the options that attach it, none for the bare JVM. */
public record AgentUnderTest(String name, List<String> options) {
  public static final String NONE = "no agent";
  public static final String EMPTY = "empty agent";
  public static final String STALLGUARD = "StallGuard";

  /** The JVM as it is. */
  public static AgentUnderTest none() {
    return new AgentUnderTest(NONE, List.of());
  }

  /**
   * An agent that needs no other options than the one that attaches it.
   *
   * @param jarAndArguments as they follow {@code -javaagent:}
   */
  public static AgentUnderTest of(String name, String jarAndArguments) {
    return new AgentUnderTest(name, List.of("-javaagent:" + jarAndArguments));
  }
}
