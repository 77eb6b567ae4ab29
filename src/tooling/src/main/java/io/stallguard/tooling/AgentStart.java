package io.stallguard.tooling;

import io.stallguard.core.BackgroundLines;
import io.stallguard.core.EarlierStreams;
import io.stallguard.core.Engine;
import io.stallguard.core.jmx.JmxStart;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Starts what is in the agent's class loader. Its initialization hands it to that loader, from
 * which the entry takes it.
 */
public final class AgentStart
    implements Function<Object[], @Nullable BiFunction<String, Object[], Object>> {
  // By what the JDK has a type for, and without a reflective call: from JDK 18 on the first one of
  // each signature makes method handles, and costs a hello world more than the engine does.

  static {
    handOver(AgentStart.class.getClassLoader());
  }

  private AgentStart() {}

  @SuppressWarnings("unchecked")
  private static void handOver(ClassLoader loader) {
    ((Consumer<AgentStart>) (Object) loader).accept(new AgentStart());
  }

  /**
   * Reads the settings, starts the engine, sets up the gate.
   *
   * @param given the agent's arguments or null, the {@link Instrumentation}, the agent's version
   *     for the line at start, a {@link Consumer} of lines for standard error while nothing else
   *     runs yet, and a {@link ReentrantLock} that is held while classes are loaded in advance,
   *     which stops for who waits for it; null instead if the app runs already; last what keeps
   *     files of the jar in memory, as {@link Provisions} takes it. In either case classes that are
   *     loaded already have their advice when this returns
   * @return the function that advice calls, or null if the agent is switched off
   * @throws UncheckedIOException if the jar is damaged
   */
  // Privileged for the threads that begin here: they inherit the rights of this stack, where the
  // entry is, and the app may set a security manager at any time whose policy does not know it.
  @Override
  @SuppressWarnings({"removal", "unchecked"})
  public @Nullable BiFunction<String, Object[], Object> apply(Object[] given) {
    return AccessController.doPrivileged(
        new PrivilegedAction<@Nullable BiFunction<String, Object[], Object>>() {
          @Override
          public @Nullable BiFunction<String, Object[], Object> run() {
            try {
              return start(
                  (String) given[0],
                  (Instrumentation) given[1],
                  (String) given[2],
                  (Consumer<String>) given[3],
                  (ReentrantLock) given[4],
                  (Function<Runnable, Predicate<String>>) given[5]);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private static @Nullable BiFunction<String, Object[], Object> start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      String version,
      Consumer<String> console,
      @Nullable ReentrantLock advance,
      Function<Runnable, Predicate<String>> jar)
      throws IOException {
    GateIndex index = index();
    Mistakes mistakes = new Mistakes(console);
    Settings settings =
        SettingsReader.read(
            arguments, System.getProperties(), System.getenv(), index.modules(), mistakes);
    if (!settings.enabled()
        || (settings.strict() && mistakes.areFatal(advance == null, instrumentation))) {
      return null;
    }
    Engine engine = Engine.start(settings);
    // From here on a thread of the app may be the one that has something to tell.
    Consumer<String> background = BackgroundLines.ofModules(engine, console);
    EarlierStreams earlier = advance == null ? EarlierStreams.of(engine) : null;
    Modules modules = new Modules(settings, engine.coverage(), advance == null);
    Provisions provisions = new Provisions(engine, modules, background, jar);
    Gate gate = new Gate(index, modules, provisions, background);
    instrumentation.addTransformer(gate, true);
    engine.listen(new LateWeaving(engine, gate, modules, instrumentation));
    UseTrigger trigger = trigger(settings, engine, version);
    instrumentation.addTransformer(trigger, true);
    engine.onLeave(new Unweaving(gate, trigger, instrumentation));
    if (earlier != null) {
      Class<?>[] loaded = Gate.loaded(instrumentation);
      engine.coverage().isLate(loaded);
      gate.retransform(gate.ofInterest(loaded), instrumentation);
      trigger.look(loaded, true);
      earlier.begin();
    } else if (advance != null) {
      engine.atEnd(new WarmUpEnd(advance));
      new FirstWeaving(advance, gate, trigger, instrumentation, engine, background).begin();
    }
    BackgroundLines.tellStart(engine, banner(version, settings), console);
    return new HookTable(
        engine, modules, provisions, instrumentation, background, index.onStacks());
  }

  private static UseTrigger trigger(Settings settings, Engine engine, String version) {
    UseTrigger trigger = new UseTrigger();
    trigger.count(engine.coverage());
    if (settings.jmx()) {
      trigger.await(UseTrigger.JMX, new JmxStart(engine, version));
    }
    if (settings.jfr()) {
      trigger.await(UseTrigger.JFR, engine.jfr());
    }
    return trigger;
  }

  private static GateIndex index() throws IOException {
    InputStream in = AgentStart.class.getClassLoader().getResourceAsStream(GateIndex.RESOURCE);
    if (in == null) {
      throw new IOException("the jar has no " + GateIndex.RESOURCE);
    }
    return GateIndex.read(in);
  }

  private static String banner(String version, Settings settings) {
    return version + " on JDK " + System.getProperty("java.version") + ": " + settings.summary();
  }
}
