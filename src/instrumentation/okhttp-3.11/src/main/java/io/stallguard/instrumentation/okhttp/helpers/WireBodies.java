package io.stallguard.instrumentation.okhttp.helpers;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** What was made of the last body of each call that has not been passed on yet. Any thread. */
final class WireBodies {
  // By the call and not by the thread, as a network interceptor may go on with another one.

  private final Map<Call, WireBody> bodies = Collections.synchronizedMap(new WeakHashMap<>());

  void put(Call call, WireBody body) {
    bodies.put(call, body);
  }

  /**
   * What was made of the last body of a call; null if none came from the wire, or it cannot be seen
   * where that is.
   */
  @Nullable WireBody take(Call call) {
    return bodies.remove(call);
  }
}
