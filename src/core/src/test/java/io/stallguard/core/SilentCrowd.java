package io.stallguard.core;

import io.stallguard.core.engine.Guard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many streams at once, most of them silent, in an engine whose aborts free their readers. */
final class SilentCrowd {
  final Rig rig;

  /** The streams, held as their readers would: one that nobody holds is collected, and no stall. */
  final List<Guard> held = new ArrayList<>();

  SilentCrowd(String arguments) {
    rig = new Rig(arguments);
    rig.abort.frees = true;
  }

  void healthy(int count) {
    for (int i = 0; i < count; i++) {
      Guard guard = rig.open();
      guard.awaiting();
      guard.arrived(1);
      guard.finished();
    }
  }

  void silent(int count) {
    for (int i = 0; i < count; i++) {
      Guard guard = rig.open();
      guard.awaiting();
      held.add(guard);
    }
  }

  List<String> lines(String text) {
    return rig.log.stream().filter(line -> line.contains(text)).toList();
  }

  /** Something comes, and more is waited for. */
  static void come(Guard guard, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    guard.scan(bytes, 0, bytes.length);
    guard.arrived(bytes.length);
    guard.awaiting();
  }
}
