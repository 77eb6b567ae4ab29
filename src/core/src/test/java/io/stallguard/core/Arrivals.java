package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.engine.Guard;
import java.time.Duration;

/** Events of a stream, and their coming. */
public final class Arrivals {
  public static final String PING = "event: ping\ndata: {}\n\n";
  public static final String START =
      "event: message_start\ndata: {\"message\":{\"role\":\"assistant\"}}\n\n";
  public static final String DELTA = "event: content_block_delta\ndata: {}\n\n";
  public static final String STOP = "event: message_stop\ndata: {}\n\n";

  private Arrivals() {}

  public static void beat(Rig rig, Guard guard, int count, Duration gap) {
    for (int i = 0; i < count; i++) {
      guard.awaiting();
      rig.run(gap);
      read(guard, PING);
    }
  }

  /** These bytes come, and the reader wants more at once. */
  public static void read(Guard guard, String text) {
    come(guard, text);
    guard.arrived(text.length());
    guard.awaiting();
  }

  public static void come(Guard guard, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    guard.scan(bytes, 0, bytes.length);
  }
}
