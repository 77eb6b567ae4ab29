package io.stallguard.core.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The names of classes on a thread's stack by which clients of blocking sockets are known. Any
 * thread.
 */
public final class NamesOnStacks {
  // The modules say so in the agent's index. Static, as is the index, of which an agent has one.

  private static volatile Map<String, String> declared = Collections.emptyMap();

  private NamesOnStacks() {}

  /**
   * Names them, before any helper of a module is made.
   *
   * @param byModule how the names of such classes begin, as {@code okhttp3.}
   */
  public static void declare(Map<String, String> byModule) {
    declared = byModule;
  }

  /** How the names of such classes begin, for the clients of those modules that are asked for. */
  public static List<String> of(Predicate<String> module) {
    List<String> beginnings = new ArrayList<>();
    for (Map.Entry<String, String> each : declared.entrySet()) {
      if (module.test(each.getKey())) {
        beginnings.add(each.getValue());
      }
    }
    return beginnings;
  }
}
