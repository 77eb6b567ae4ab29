package io.stallguard.tooling;

import java.lang.instrument.Instrumentation;

/** Takes the agent's advice out of the app's classes, and the agent out of the reach of advice. */
final class Unweaving implements Runnable {
  // Methods that are being run go on as they were woven until they return. Their advice then meets
  // the hook, which passes all on from before the first class is changed, or no hook.

  private final Gate gate;
  private final UseTrigger trigger;
  private final Instrumentation instrumentation;

  Unweaving(Gate gate, UseTrigger trigger, Instrumentation instrumentation) {
    this.gate = gate;
    this.trigger = trigger;
    this.instrumentation = instrumentation;
  }

  @Override
  public void run() {
    instrumentation.removeTransformer(gate);
    instrumentation.removeTransformer(trigger);
    gate.retransform(gate.known(Gate.loaded(instrumentation)), instrumentation);
    try {
      Class.forName(HookAccess.HOOKS, true, ClassLoader.getSystemClassLoader())
          .getField("hook")
          .set(null, null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
