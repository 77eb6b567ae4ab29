package io.stallguard.core;

import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Guard;

/** Counts what is asked of it, and fails where the test wants it to. */
public final class RecordingAbort implements Abort {
  public int aborts;
  public int escalations;
  public Throwable failure;
  public Throwable escalationFailure;

  /** Whether an attempt that does not fail frees the reader. */
  public boolean frees;

  @Override
  public void abort(Guard guard) throws Exception {
    aborts++;
    end(guard, failure);
  }

  @Override
  public void escalate(Guard guard) throws Exception {
    escalations++;
    end(guard, escalationFailure);
  }

  private void end(Guard guard, Throwable thrown) throws Exception {
    if (thrown instanceof Error) {
      throw (Error) thrown;
    }
    if (thrown != null) {
      throw (Exception) thrown;
    }
    if (frees) {
      guard.released();
    }
  }
}
