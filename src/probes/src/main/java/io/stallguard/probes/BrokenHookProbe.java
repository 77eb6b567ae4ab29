package io.stallguard.probes;

import java.util.function.BiFunction;

/** Requests under an agent whose hook is broken: it throws, or returns what nobody can use. */
final class BrokenHookProbe implements Probe {
  /** The form is how the hook is broken. */
  @Override
  public void run(Job job, Received received) throws Exception {
    ClassLoader.getSystemClassLoader()
        .loadClass("io.stallguard.agent.Hooks")
        .getField("hook")
        .set(null, broken(job));
    new HttpUrlConnectionProbe().run(job.withForm("stream"), received);
    new OkHttpProbe().run(job.withForm("blocking"), received);
  }

  private static BiFunction<String, Object[], Object> broken(Job job) {
    switch (job.form()) {
      case "throwing":
        return (module, arguments) -> {
          throw new IllegalStateException("broken on purpose");
        };
      case "wrong-type":
        return (module, arguments) -> "not what was asked for";
      default:
        throw job.unknownForm();
    }
  }
}
