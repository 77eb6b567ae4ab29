package io.stallguard.tooling;

import io.stallguard.core.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What guards need of the agent's jar, taken into memory as soon as a client is woven: the jar may
 * be overwritten in place while the app runs.
 */
final class Provisions implements Consumer<GateIndex.Entry> {
  // By a thread of ours, as to read some hundred files takes it some ten milliseconds, for which
  // the app's first answer is not to wait. Until then a window is open: what is needed is read from
  // the jar by whoever needs it. Bytes and not classes: helpers name the client's types, which
  // nobody but the app is to load, and each copy of a client needs classes of its own.

  /**
   * The names of what every client needs: the engine, the reports with their logger, the history of
   * gaps, the loaders of helpers.
   */
  private static final String SHARED =
      "io/stallguard/core/ io/stallguard/tooling/ io/stallguard/shaded/org/ META-INF/"
          + " simplelogger.properties";

  private static final String THREAD = "stallguard-keep";
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;
  private final Modules modules;
  private final Consumer<String> console;
  private final Predicate<String> jar;
  private final Queue<GateIndex.Entry> wanted = new ConcurrentLinkedQueue<>();
  private volatile long lookedAt = System.nanoTime();

  /**
   * Makes a keeper that keeps nothing yet.
   *
   * @param jar takes what is to be run once the jar turns out to have changed; gives what keeps the
   *     files whose names begin so in memory and says whether it could, or if it is asked for none
   *     says whether the jar is as it was
   */
  Provisions(
      Engine engine,
      Modules modules,
      Consumer<String> console,
      Function<Runnable, Predicate<String>> jar) {
    this.engine = engine;
    this.modules = modules;
    this.console = console;
    this.jar = jar.apply(new Changed());
  }

  /**
   * Notes that a module is needed from now on. Any thread, in the middle of the loading of a class.
   */
  @Override
  public void accept(GateIndex.Entry module) {
    if (jar.test("")) {
      wanted.add(module);
      engine.inBackground(THREAD, new Keeping());
    }
  }

  /** Looks at the jar now and then. Any thread, at each exchange. */
  void look() {
    long now = System.nanoTime();
    if (now - lookedAt > LOOK_NANOS) {
      lookedAt = now;
      boolean unused = jar.test("");
    }
  }

  private synchronized void keep() {
    List<GateIndex.Entry> taken = new ArrayList<>();
    StringBuilder names = new StringBuilder(SHARED);
    for (GateIndex.Entry module = wanted.poll(); module != null; module = wanted.poll()) {
      taken.add(module);
      names.append(' ').append(folder(module.moduleClass()));
    }
    if (!taken.isEmpty() && !jar.test(names.toString())) {
      giveUp(taken);
    }
  }

  private static String folder(String className) {
    return className.substring(0, className.lastIndexOf('.') + 1).replace('.', '/');
  }

  /** Has modules do no more: no exchange is to meet a class that cannot be loaded. */
  private void giveUp(List<GateIndex.Entry> taken) {
    for (GateIndex.Entry module : taken) {
      if (modules.isEnabled(module.module())) {
        modules.switchOff(module.module());
        console.accept(
            modules.without(module.module()) + ": the agent's jar changed before it was read");
      }
    }
  }

  /** Reads what is wanted, on a thread of its own. */
  private final class Keeping implements Runnable {
    @Override
    public void run() {
      try {
        keep();
      } catch (Throwable t) {
        engine.errors().record("keeping what guards need", t);
      }
    }
  }

  /** Tells that the jar has changed: first asked by any thread, then on one of its own. */
  private final class Changed implements Runnable {
    private boolean asked;

    @Override
    public void run() {
      if (!asked) {
        asked = true;
        engine.inBackground(THREAD, this);
      } else {
        console.accept(
            "the agent's jar was overwritten while the app runs: the clients that have been woven"
                + " stay guarded, others will not be; to replace it by a rename does no harm");
      }
    }
  }
}
