package io.stallguard.tooling;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Ends the JVM before the app starts, from within the start of the agent. */
final class EarlyEnd implements ClassFileTransformer {
  // Who ends the JVM waits until the callbacks to agents that are under way have returned, up to a
  // minute: JDK 26 does (JvmtiEventController::vm_death). This start is in such a callback, so it
  // has to return first, and the app must not begin meanwhile. Hence the JDK's launcher gets advice
  // in its first step after the agents, which ends the JVM there. It is woven before anybody asks
  // for the end, as no transformer is called from then on. A JVM that another program has started
  // has no such launcher: there the thread comes through as soon as the start has returned. Up to
  // JDK 25 nobody waits, and the JVM ends while the start waits for the thread.
  //
  // By a halt and not by an exit: no hook but those of agents before this one is there, and they
  // have nothing of an app to save. What is written to standard error goes out with its line.

  private static final int FAILURE = 1;

  /** How long the start waits for a JVM that ends without waiting: that needs some milliseconds. */
  private static final long END_MILLIS = 500;

  private static final String LAUNCHER = "sun.launcher.LauncherHelper";
  private static final TypeInstrumentation FIRST_STEP =
      TypeInstrumentation.of(LAUNCHER).advise("checkAndLoadMain", HaltAdvice.class);

  private boolean woven;

  private EarlyEnd() {}

  /**
   * Begins the end. Returns, as a rule, and the JVM ends when the start of the agent has returned
   * as well.
   */
  static void begin(Instrumentation instrumentation) {
    if (!isLauncherStopped(instrumentation)) {
      // Better a minute late than an app that runs.
      halt();
    }
    Thread thread =
        new Thread("stallguard-end") {
          @Override
          public void run() {
            halt();
          }
        };
    thread.setDaemon(true);
    thread.start();
    await(thread);
  }

  /**
   * Waits for the thread. Where nobody waits for us the JVM ends in here, whoever has started it.
   */
  private static void await(Thread thread) {
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void halt() {
    Runtime.getRuntime().halt(FAILURE);
  }

  private static boolean isLauncherStopped(Instrumentation instrumentation) {
    EarlyEnd end = new EarlyEnd();
    instrumentation.addTransformer(end, true);
    try {
      instrumentation.retransformClasses(Class.forName(LAUNCHER, false, null));
    } catch (Exception | LinkageError e) {
      // There is no such class, or it does not take what was woven.
      return false;
    }
    return end.woven;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    // Twice: when it is loaded, and when it is transformed again in case that it had been before.
    if (className == null || !className.equals(LAUNCHER.replace('.', '/'))) {
      return null;
    }
    try {
      byte[] stopped =
          Weaver.weave(FIRST_STEP, new ClassFile(loader, className, domain, classFile));
      woven = true;
      return stopped;
    } catch (StandBack | RuntimeException | LinkageError e) {
      // Another launcher: the JVM then ends a minute late.
      woven = false;
      return null;
    }
  }

  /** Ends the JVM. */
  static final class HaltAdvice {
    private HaltAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Runtime.getRuntime().halt(1);
    }
  }
}
