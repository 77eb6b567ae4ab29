package io.stallguard.core;

/** Writes what is left to say when the JVM ends. */
final class Flush extends Thread {
  private final Engine engine;

  private Flush(Engine engine) {
    super("stallguard-shutdown");
    this.engine = engine;
  }

  /** Has the JVM begin the thread at its end, unless the agent has left by then. */
  static Flush await(Engine engine) {
    Flush flush = new Flush(engine);
    Runtime.getRuntime().addShutdownHook(flush);
    engine.onLeave(new Removal(flush));
    return flush;
  }

  @Override
  public void run() {
    Runnable first = engine.atEnd();
    if (first != null) {
      first.run();
    }
    engine.watchdog().notices().passOn();
    write();
  }

  /**
   * Writes what is left. Also where the agent leaves: the JVM may end next, and nothing waits for
   * it any more.
   */
  void write() {
    engine.household().flush(engine.coverage().summary());
  }

  /** Takes the thread back from the JVM. */
  private static final class Removal implements Runnable {
    private final Flush flush;

    Removal(Flush flush) {
      this.flush = flush;
    }

    @Override
    public void run() {
      try {
        Runtime.getRuntime().removeShutdownHook(flush);
      } catch (IllegalStateException e) {
        // The JVM is at its end already.
      }
    }
  }
}
