package io.stallguard.core.body;

/** The events that a format finds, without a clock: all come at once. */
public final class FoundEvents implements EventTally {
  private final Answer answer = new Answer();
  private long progress;
  private long heartbeats;
  private String lastName = "";
  private boolean lastIsHeartbeat;

  @Override
  public void happened(EventKind kind, ShownName name) {
    lastIsHeartbeat = kind == EventKind.HEARTBEAT;
    if (lastIsHeartbeat) {
      heartbeats++;
    } else {
      progress++;
    }
    lastName = name.toString();
    answer.happened(kind);
  }

  @Override
  public void bytesOfNoFormat() {
    answer.bytesOfNoFormat();
  }

  @Override
  public Answer answer() {
    return answer;
  }

  @Override
  public long progress() {
    return progress;
  }

  @Override
  public boolean isSlow() {
    return false;
  }

  public long heartbeats() {
    return heartbeats;
  }

  /** The last event's name, cleaned; empty if there was none. */
  public String lastName() {
    return lastName;
  }

  public boolean lastIsHeartbeat() {
    return lastIsHeartbeat;
  }

  /** Whether the last event that was no heartbeat is the terminal one. */
  public boolean isDone() {
    return answer.isEnded();
  }
}
