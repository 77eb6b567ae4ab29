package io.stallguard.core.engine;

import io.stallguard.core.words.SilenceEnd;

/** Does nothing with what it hears, and lets no failure pass. */
class Deaf implements WatchdogListener {
  @Override
  public void tripped(Stall stall) {}

  @Override
  public void observed(Stall stall) {}

  @Override
  public void silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {}

  @Override
  public void truncated(String message) {
    throw new AssertionError(message);
  }

  @Override
  public void tick() {}

  @Override
  public boolean hasWork() {
    return false;
  }

  @Override
  public void failed(Throwable failure) {
    throw new AssertionError(failure);
  }
}
