package io.stallguard.core.body;

/** Bytes of which nothing is known: each is progress. */
final class OpaqueFormat extends StreamFormat {
  static final String NAME = "bytes only";

  private final EventTally events;
  private final String name;

  OpaqueFormat(EventTally events, String name) {
    this.events = events;
    this.name = name;
  }

  @Override
  public boolean scan(byte[] bytes, int from, int to) {
    events.bytesOfNoFormat();
    return true;
  }

  @Override
  public boolean isBetweenEvents() {
    return false;
  }

  @Override
  public String name() {
    return name;
  }
}
