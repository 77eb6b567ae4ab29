package io.stallguard.tooling;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.NamesOnStacks;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What advice calls: takes the name of its module, and as arguments the client's object, the name
 * of the join, what is to be decorated or null, and whatever else its helper wants to know; gives
 * back what takes the place of the third. Under no name it takes a change of settings and the
 * Instrumentation of who attaches again, and gives back what is wrong with it. Never throws. Any
 * thread.
 */
final class HookTable implements BiFunction<String, Object[], Object> {
  /**
   * How often a module may fail: one that does more often does so for a reason that will not go
   * away.
   */
  private static final int MOST_FAILURES = 10;

  private static final int CLIENT = 0;
  private static final int ORIGINAL = 2;

  private static final String SOURCE = "attach";

  /** The arguments by which who attaches again has the agent leave. */
  private static final List<String> LEAVES = Arrays.asList("detach", "enabled=false");

  private final Engine engine;
  private final Modules modules;
  private final Provisions provisions;
  private final Instrumentation instrumentation;
  private final Consumer<String> console;
  private final Map<String, String> onStacks;
  private final Map<String, HelperValue> helpers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

  /**
   * Makes a table in which no helper has been made yet.
   *
   * @param onStacks by which classes of theirs clients of blocking sockets are known
   */
  HookTable(
      Engine engine,
      Modules modules,
      Provisions provisions,
      Instrumentation instrumentation,
      Consumer<String> console,
      Map<String, String> onStacks) {
    this.engine = engine;
    this.modules = modules;
    this.provisions = provisions;
    this.instrumentation = instrumentation;
    this.console = console;
    this.onStacks = onStacks;
  }

  // The app's classes are on the stack, and under a security manager their rights would count.
  @Override
  @SuppressWarnings("removal")
  public @Nullable Object apply(String module, Object[] arguments) {
    if (module.isEmpty()) {
      return changed(arguments);
    }
    if (!modules.isEnabled(module) || engine.hasLeft()) {
      return arguments[ORIGINAL];
    }
    return System.getSecurityManager() == null
        ? decorated(module, arguments)
        : AccessController.doPrivileged(
            (PrivilegedAction<Object>) () -> reached(module, arguments));
  }

  private Object reached(String module, Object[] arguments) {
    engine.coverage().reached(module, arguments[CLIENT].getClass().getClassLoader());
    return decorated(module, arguments);
  }

  /**
   * Changes settings for whoever attaches again, and returns null, or what is wrong with the
   * change. Others may call here, the app among them; but only an agent has an Instrumentation of
   * the JVM's.
   */
  private @Nullable String changed(Object[] arguments) {
    try {
      if (arguments[1] == null || arguments[1].getClass() != instrumentation.getClass()) {
        return "only who attaches changes settings here";
      }
      String wanted = ((String) arguments[0]).trim();
      if (LEAVES.contains(wanted)) {
        engine.leave(SOURCE);
      } else {
        engine.change(wanted, SOURCE);
      }
      return null;
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Object decorated(String module, Object[] arguments) {
    Object original = arguments[ORIGINAL];
    try {
      provisions.look();
      Function<Object[], Object> helper = helper(module).of(arguments[CLIENT].getClass());
      // Making the helper may have found that the module cannot work here.
      Object decorated = modules.isEnabled(module) ? helper.apply(arguments) : null;
      return decorated == null ? original : decorated;
    } catch (Throwable t) {
      failed(module, t);
      return original;
    }
  }

  private HelperValue helper(String module) throws StandBack {
    HelperValue helper = helpers.get(module);
    if (helper == null) {
      InstrumentationModule loaded = modules.loaded(module);
      if (loaded == null) {
        throw new StandBack("advice of a module that was never loaded: " + module);
      }
      NamesOnStacks.declare(onStacks);
      helper = new HelperValue(loaded, engine, instrumentation, console);
      HelperValue other = helpers.putIfAbsent(module, helper);
      helper = other != null ? other : helper;
    }
    return helper;
  }

  private void failed(String module, Throwable failure) {
    engine.errors().record("hook of " + module, failure);
    int count = failures.computeIfAbsent(module, name -> new AtomicInteger()).incrementAndGet();
    if (count == MOST_FAILURES) {
      modules.switchOff(module);
      console.accept(modules.without(module) + ": it failed " + count + " times");
    }
  }
}
