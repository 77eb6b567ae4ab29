package io.stallguard.tooling;

import io.stallguard.core.Engine;
import io.stallguard.core.settings.Settings;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;

/**
 * Weaves what nobody wanted at the start, once a change of settings wants it: the advice for heads
 * and for connections.
 *
 * <p>What has been woven stays when the limit is taken back: it then asks the hook, which does
 * nothing.
 */
final class LateWeaving implements Consumer<Settings> {
  private final Engine engine;
  private final Gate gate;
  private final Modules modules;
  private final Instrumentation instrumentation;

  LateWeaving(Engine engine, Gate gate, Modules modules, Instrumentation instrumentation) {
    this.engine = engine;
    this.gate = gate;
    this.modules = modules;
    this.instrumentation = instrumentation;
  }

  /**
   * Has new advice woven. Classes that are loaded from now on get it by the gate, the others by a
   * thread.
   */
  @Override
  public void accept(Settings renewed) {
    Settings before = modules.adopt(renewed);
    boolean heads = renewed.limitsHeads() && !before.limitsHeads();
    boolean connects = renewed.limitsConnects() && !before.limitsConnects();
    if (heads || connects) {
      String what = heads && connects ? "head and connect" : heads ? "head" : "connect";
      engine.inBackground("stallguard-weave", () -> weave(what, before));
    }
  }

  private void weave(String what, Settings before) {
    try {
      Class<?>[] loaded = Gate.loaded(instrumentation);
      int count = gate.retransformLoaded(loaded, instrumentation, before);
      engine.inform(what + " in force: advice was put into " + count + " loaded classes");
    } catch (Throwable t) {
      engine.errors().record("weaving for " + what, t);
    }
  }
}
