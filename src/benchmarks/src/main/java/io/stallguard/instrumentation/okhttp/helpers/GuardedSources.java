package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.engine.Guard;
import okio.Source;

/** Decorates a source as the instrumentation of OkHttp does. */
public final class GuardedSources {
  private GuardedSources() {}

  /** The source with its reads told to the guard. */
  public static Source guarded(Source source, Guard guard) {
    return new GuardedSource(source, guard);
  }
}
