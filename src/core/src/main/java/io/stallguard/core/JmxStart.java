package io.stallguard.core;

/** Looks for the MBean server; touches nothing of JMX before it runs, and then on its thread. */
final class JmxStart implements Runnable {
  private final Engine engine;
  private final String version;
  private boolean asked;

  JmxStart(Engine engine, String version) {
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
      engine.watchdog().request(this);
    } else {
      new JmxRegistration(engine, version).begin();
    }
  }
}
