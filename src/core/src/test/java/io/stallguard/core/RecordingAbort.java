package io.stallguard.core;

/** Counts what is asked of it, and fails where the test wants it to. */
final class RecordingAbort implements Abort {
  int aborts;
  int escalations;
  Exception failure;
  Exception escalationFailure;

  @Override
  public void abort(Guard guard) throws Exception {
    aborts++;
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void escalate(Guard guard) throws Exception {
    escalations++;
    if (escalationFailure != null) {
      throw escalationFailure;
    }
  }
}
