package io.stallguard.core;

/** Writes what is left to say when the JVM ends. */
final class JvmEnd extends Thread {
  private final Engine engine;
  private final Watchdog watchdog;
  private final Incidents incidents;

  JvmEnd(Engine engine, Watchdog watchdog, Incidents incidents) {
    super("stallguard-shutdown");
    this.engine = engine;
    this.watchdog = watchdog;
    this.incidents = incidents;
  }

  @Override
  public void run() {
    Runnable first = engine.atEnd();
    if (first != null) {
      first.run();
    }
    watchdog.notices().passOn();
    incidents.flush(engine.coverage().summary());
  }
}
