package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.words.Exchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a format tells of the bytes that it is shown. */
public final class Told {
  private final FoundEvents events = new FoundEvents();
  private final StreamFormat format;
  private final List<String> log = new ArrayList<>();
  private boolean contradicted;

  public Told(Exchange exchange) {
    this(exchange, EventNames.STANDARD);
  }

  public Told(Exchange exchange, EventNames names) {
    this.format = StreamFormat.of(exchange, names, events);
  }

  public Told scan(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return scan(bytes, 0, bytes.length);
  }

  /** Byte by byte would hide what the chunk's ends do: events are told apart by their counts. */
  public Told scan(byte[] bytes, int from, int to) {
    for (int i = from; i < to && !contradicted; i++) {
      step(bytes, i);
    }
    return this;
  }

  private void step(byte[] bytes, int index) {
    long progress = events.progress();
    long heartbeats = events.heartbeats();
    contradicted = !format.scan(bytes, index, index + 1);
    note(progress, heartbeats);
  }

  private void note(long progress, long heartbeats) {
    if (events.heartbeats() > heartbeats) {
      log.add("heartbeat " + events.lastName());
    } else if (events.progress() > progress) {
      log.add((events.isDone() ? "terminal " : "progress ") + events.lastName());
    }
  }

  /** A piece at once, as a client would bring it. */
  public void chunk(byte[] bytes, int from, int to) {
    contradicted = contradicted || !format.scan(bytes, from, to);
  }

  public void chunk(ByteBuffer bytes) {
    contradicted = contradicted || !BufferScan.scan(format, bytes);
  }

  public Told end() {
    long progress = events.progress();
    long heartbeats = events.heartbeats();
    format.end();
    note(progress, heartbeats);
    return this;
  }

  List<String> log() {
    return log;
  }

  public FoundEvents events() {
    return events;
  }

  StreamFormat format() {
    return format;
  }

  boolean contradicted() {
    return contradicted;
  }

  /** All that can be told apart of what has been scanned. */
  String summary() {
    return events.progress()
        + " progress, "
        + events.heartbeats()
        + " heartbeats, last "
        + events.lastName()
        + ", done "
        + events.isDone()
        + ", shown "
        + events.answer().isShown()
        + ", contradicted "
        + contradicted
        + ", between "
        + format.isBetweenEvents();
  }
}
