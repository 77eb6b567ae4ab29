package io.stallguard.agent;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The agent's entry: called by the JVM before the app's main, or when it is attached later. */
public final class StallGuardAgent {
  /** The class that starts the agent: the one name that is known of what is inside the jar. */
  private static final String START = "io.stallguard.tooling.AgentStart";

  private static final String NAME = "stallguard";

  /** Stands, where others name a module, for what is asked of the agent that is there. */
  private static final String CHANGE = "";

  /** The argument of who wants no agent. */
  private static final String DETACH = "detach";

  private static boolean attached;

  /** Whether the hook was set: if it no longer is, the agent has left. */
  private static boolean complete;

  private StallGuardAgent() {}

  /** Called by the JVM for {@code -javaagent}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    attach(arguments, instrumentation, false);
  }

  /**
   * Called by the JVM when the agent is attached to a running app. Where it is there already, its
   * settings are changed as by JMX; by {@code detach} or {@code enabled=false} it leaves.
   *
   * @throws IllegalArgumentException if what is to be changed has a mistake, if an argument has
   *     lost its value on the way, also that of the first attach, or if there is no agent to leave:
   *     who attaches is told that it has failed, and nothing is changed
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    String lost = LostValue.mistake(arguments, DETACH);
    if (lost != null) {
      throw new IllegalArgumentException(lost);
    }
    BiFunction<String, Object[], Object> running = Hooks.hook;
    if (running == null && DETACH.equals(arguments)) {
      throw new IllegalArgumentException("there is no agent to detach");
    }
    if (running == null || arguments == null || arguments.isEmpty()) {
      attach(arguments, instrumentation, true);
      return;
    }
    Object mistake = running.apply(CHANGE, new Object[] {arguments, instrumentation});
    if (mistake != null) {
      throw new IllegalArgumentException(String.valueOf(mistake));
    }
  }

  /** Starts the agent. Whatever happens here, the app starts. */
  private static void attach(
      @Nullable String arguments, Instrumentation instrumentation, boolean running) {
    Console console = new Console();
    try {
      if (JdkTool.isTool(property("sun.java.command"))) {
        return;
      }
      if (isSecond()) {
        console.accept("attached already: this one does nothing");
        return;
      }
      start(arguments, instrumentation, console, running);
    } catch (Throwable t) {
      console.accept("not started, the app runs unprotected: " + reason(t));
    }
  }

  private static synchronized boolean isSecond() {
    boolean second = attached && !(complete && Hooks.hook == null);
    attached = true;
    complete &= second;
    return second;
  }

  /** This agent was told to do nothing: the next one may be told otherwise. */
  private static synchronized void isNone() {
    attached = false;
  }

  private static synchronized void isComplete() {
    complete = true;
  }

  private static @Nullable String property(String name) {
    try {
      return System.getProperty(name);
    } catch (SecurityException e) {
      // Not ours to know: then it is taken for an app.
      return null;
    }
  }

  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, Console console, boolean running)
      throws IOException, URISyntaxException, ClassNotFoundException {
    ClassLoader parent = StallGuardAgent.class.getClassLoader().getParent();
    AgentClassLoader loader = new AgentClassLoader(jar(), parent);
    Object advance = running ? null : loader.advance;
    Object[] given = {arguments, instrumentation, version(), console, advance, loader.hidden()};
    BiFunction<String, Object[], Object> hook = loader.start(START).apply(given);
    if (hook == null) {
      isNone();
    } else {
      Hooks.hook = new Door(hook);
      isComplete();
    }
  }

  private static File jar() throws URISyntaxException {
    return new File(
        StallGuardAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String version() {
    String version = StallGuardAgent.class.getPackage().getImplementationVersion();
    return version == null ? NAME : NAME + " " + version;
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause).replace('\n', ' ');
    return cause instanceof SecurityException
        ? text + "; under a security manager the agent's jar needs java.security.AllPermission"
        : text;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof UncheckedIOException
        || failure instanceof ExceptionInInitializerError;
  }
}
