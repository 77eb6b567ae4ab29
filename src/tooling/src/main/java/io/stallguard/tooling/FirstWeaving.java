package io.stallguard.tooling;

import io.stallguard.core.EarlierStreams;
import io.stallguard.core.Engine;
import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What is woven at the start of a JVM: classes that are there before the app, and a sample. */
final class FirstWeaving implements Runnable {
  // An archive of the JVM's, or another agent, may have loaded a client's classes before ours
  // began. They have their advice before the app's main runs, whose first act may be a stream,
  // though Byte Buddy has to be loaded for it. Where nothing of interest is there, which is so in
  // nearly every JVM, that is left to a thread, and the app begins at once.

  private final ReentrantLock advance;
  private final Gate gate;
  private final UseTrigger trigger;
  private final Instrumentation instrumentation;
  private final Engine engine;
  private final Consumer<String> console;
  private boolean warm;

  /** The classes whose weaving the app's start waited for. */
  private final Set<Class<?>> woven = new HashSet<>();

  /**
   * @param advance is held while classes are loaded in advance
   * @param console takes lines, and waits for nobody
   */
  FirstWeaving(
      ReentrantLock advance,
      Gate gate,
      UseTrigger trigger,
      Instrumentation instrumentation,
      Engine engine,
      Consumer<String> console) {
    this.advance = advance;
    this.gate = gate;
    this.trigger = trigger;
    this.instrumentation = instrumentation;
    this.engine = engine;
    this.console = console;
  }

  /** Weaves what cannot wait, and has the rest done by a thread. */
  void begin() {
    weaveLoaded();
    Thread thread = new Thread(this, "stallguard-warm-up");
    thread.setDaemon(true);
    thread.setContextClassLoader(FirstWeaving.class.getClassLoader());
    thread.start();
  }

  private void weaveLoaded() {
    try {
      List<Class<?>> found = gate.ofInterest(Gate.loaded(instrumentation));
      if (!found.isEmpty()) {
        // Who has loaded them may have streams open.
        EarlierStreams earlier = EarlierStreams.of(engine);
        try {
          warmUp();
          gate.retransform(found, instrumentation);
          woven.addAll(found);
        } finally {
          earlier.begin();
        }
      }
    } catch (Throwable t) {
      console.accept("what was loaded before the agent may be unprotected: " + StandBack.reason(t));
    }
  }

  @Override
  public void run() {
    try {
      tellLostArchive();
      warmUp();
      Class<?>[] loaded = Gate.loaded(instrumentation);
      weaveLate(loaded);
      trigger.look(loaded, false);
    } catch (Throwable t) {
      engine.errors().record("warm-up", t);
    }
  }

  /**
   * Weaves classes that were loaded meanwhile: a thread of another agent's may have been at it when
   * the gate was put up.
   */
  private void weaveLate(Class<?>[] loaded) {
    List<Class<?>> late = gate.ofInterest(loaded);
    late.removeAll(woven);
    gate.retransform(late, instrumentation);
  }

  private void tellLostArchive() {
    String lost = LostArchive.ofThisJvm();
    if (lost != null) {
      engine.warn(lost);
    }
  }

  // Before the first class of a client, whose weaving would else be a callback as long as the
  // warm-up: the JVM may wait for one at its end.
  private void warmUp() {
    if (warm) {
      return;
    }
    warm = true;
    advance.lock();
    try {
      WarmUp.run();
    } catch (Throwable t) {
      console.accept("warm-up failed, the first request may take longer: " + StandBack.reason(t));
    } finally {
      if (advance.isHeldByCurrentThread()) {
        advance.unlock();
      }
    }
  }
}
