package io.stallguard.core;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where everything goes that is said once the agent runs: lines on standard error. Any thread. */
final class StderrLog implements Consumer<String> {
  @Override
  public void accept(String message) {
    Holder.LOGGER.warn(message);
  }

  /** Puts off what the logger costs to the first line, which most JVMs never write. */
  private static final class Holder {
    static final Logger LOGGER = logger();

    /** It looks for its settings through the context class loader: ours has them, not the app's. */
    private static Logger logger() {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(StderrLog.class.getClassLoader());
      try {
        return LoggerFactory.getLogger("stallguard");
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }
}
