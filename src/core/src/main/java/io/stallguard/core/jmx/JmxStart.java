package io.stallguard.core.jmx;

import io.stallguard.core.Engine;

/** Looks for the MBean server; touches nothing of JMX before it runs, and then on its thread. */
public final class JmxStart implements Runnable {
  private final Engine engine;
  private final String version;
  private boolean asked;

  /**
   * Shows the agent in JMX once this is run.
   *
   * @param version the agent's version
   */
  public JmxStart(Engine engine, String version) {
    this.engine = engine;
    this.version = version;
  }

  /**
   * Begins to look. On any thread the first time, in the middle of the loading of a class; then on
   * ours.
   */
  @Override
  public void run() {
    if (!asked) {
      asked = true;
      engine.inBackground("stallguard-jmx", this);
    } else {
      new JmxRegistration(engine, version).run();
    }
  }
}
