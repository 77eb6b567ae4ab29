package io.stallguard.core.report;

import io.stallguard.core.words.LogLevel;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where everything goes that is said once the agent runs: lines on standard error. Any thread. */
final class StderrLog implements Log {
  // A thread of the app may be the one that has something to tell, with the app's classes on the
  // stack, and under a security manager their rights would count.
  @Override
  @SuppressWarnings("removal")
  public void write(LogLevel level, String message) {
    if (System.getSecurityManager() == null) {
      log(level, message);
    } else {
      AccessController.doPrivileged((PrivilegedAction<@Nullable Void>) () -> log(level, message));
    }
  }

  private static @Nullable Void log(LogLevel level, String message) {
    if (level == LogLevel.ERROR) {
      Holder.LOGGER.error(message);
    } else if (level == LogLevel.WARN) {
      Holder.LOGGER.warn(message);
    } else {
      Holder.LOGGER.info(message);
    }
    return null;
  }

  /** Puts off what the logger costs to the first line, which most JVMs never write. */
  private static final class Holder {
    static final Logger LOGGER = logger();

    /**
     * The logger, which looks for its settings through the context class loader: ours has them, not
     * the app's.
     */
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
