package io.stallguard.tooling;

import io.stallguard.core.Engine;
import io.stallguard.core.coverage.Cause;
import io.stallguard.core.coverage.Coverage;
import io.stallguard.core.wire.RawSocket;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.security.CodeSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** A module's helper for each copy of its client, made when that copy is first used. */
final class HelperValue {
  // A ClassValue keeps the helper in the client's class itself, so that both can be collected
  // together; a map from loader to helper would keep the loader alive through its own value.

  private final InstrumentationModule module;
  private final Engine engine;
  private final Instrumentation instrumentation;
  private final Consumer<String> console;
  private final ClassValue<Function<Object[], Object>> byAnchor =
      new ClassValue<Function<Object[], Object>>() {
        @Override
        protected Function<Object[], Object> computeValue(Class<?> anchor) {
          return helperOrNothing(anchor);
        }
      };

  /**
   * The helper by the client's class. Objects of several classes of a client may come: they must
   * meet in one helper.
   */
  private final ClassValue<Function<Object[], Object>> byClient =
      new ClassValue<Function<Object[], Object>>() {
        @Override
        protected Function<Object[], Object> computeValue(Class<?> client) {
          return byAnchor.get(anchor(client));
        }
      };

  HelperValue(
      InstrumentationModule module,
      Engine engine,
      Instrumentation instrumentation,
      Consumer<String> console) {
    this.module = module;
    this.engine = engine;
    this.instrumentation = instrumentation;
    this.console = console;
  }

  /**
   * Gives the helper of a client's class. One that gives null has nothing to put in the place of
   * anything.
   */
  Function<Object[], Object> of(Class<?> client) {
    return byClient.get(client);
  }

  private Class<?> anchor(Class<?> client) {
    try {
      return Class.forName(module.types().get(0).type(), false, client.getClassLoader());
    } catch (ClassNotFoundException e) {
      // The app's subclass of a client's type, in a loader that hides the client: its own anchor.
      return client;
    }
  }

  private Function<Object[], Object> helperOrNothing(Class<?> client) {
    try {
      return helper(client);
    } catch (StandBack | ReflectiveOperationException | RuntimeException | LinkageError e) {
      standsBack(client, e);
      return arguments -> null;
    }
  }

  /**
   * Notes that the module stands back for a client. Several threads may find it at once, and one
   * tells it.
   */
  private void standsBack(Class<?> client, Throwable failure) {
    Coverage coverage = engine.coverage();
    Cause cause = failure instanceof StandBack ? Cause.VERSION : Cause.ERRORS;
    if (coverage.isAmiss(module.name(), client.getClassLoader(), cause)) {
      String reason = origin(client) + ": " + StandBack.reason(failure);
      console.accept(coverage.without(module.name()) + ": " + reason);
    }
  }

  @SuppressWarnings("unchecked")
  private Function<Object[], Object> helper(Class<?> client)
      throws StandBack, ReflectiveOperationException {
    ReferenceCheck.check(module.references(), client.getClassLoader());
    HelperLoader loader = new HelperLoader(client.getClassLoader(), agentLoader());
    for (String open : module.opens()) {
      ModuleOpener.open(instrumentation, open, loader);
    }
    if (module.cutsSockets()) {
      for (String open : RawSocket.OPENS) {
        ModuleOpener.open(instrumentation, open, agentLoader());
      }
    }
    Class<?> type = Class.forName(module.helper(), true, loader);
    try {
      return (Function<Object[], Object>)
          type.getDeclaredConstructor(Engine.class).newInstance(engine);
    } catch (InvocationTargetException e) {
      throw new StandBack(String.valueOf(e.getCause()));
    }
  }

  private static ClassLoader agentLoader() {
    return HelperValue.class.getClassLoader();
  }

  private static String origin(Class<?> client) {
    CodeSource source = client.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "JDK " + System.getProperty("java.version")
        : source.getLocation().toString();
  }
}
