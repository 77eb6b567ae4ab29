package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/** Where the result of a call tells of a task of A2A, and whether that is said to go on. */
final class TaskPlace {
  // result.status.state, or result.task.status.state, result.statusUpdate.status.state; and
  // result.artifact, or result.artifactUpdate.artifact. What a tool has made, which stands deeper
  // in results of MCP, may have the same keys.

  private static final byte[][] GOING_ON = {
    "submitted".getBytes(US_ASCII),
    "working".getBytes(US_ASCII),
    "TASK_STATE_SUBMITTED".getBytes(US_ASCII),
    "TASK_STATE_WORKING".getBytes(US_ASCII)
  };

  /** The depth at which keys of the result stand. */
  private static final int IN_RESULT = 2;

  private boolean inResult;

  /** Whether what was opened last in the result wraps up a task, or what is new of one. */
  private boolean isWrapped;

  /** The depth at which keys of the status stand, 0 outside. */
  private int status;

  private boolean working;
  private boolean artifact;

  void clear() {
    inResult = false;
    isWrapped = false;
    status = 0;
    working = false;
    artifact = false;
  }

  /** An object or a list is opened, at this depth of what it has. */
  void opens(@Nullable Key key, int depth) {
    status = depth <= status ? 0 : status;
    if (depth == IN_RESULT) {
      inResult = key == Key.RESULT;
      isWrapped = false;
    } else if (inResult && depth == IN_RESULT + 1) {
      isWrapped = key == Key.TASK || key == Key.STATUS_UPDATE || key == Key.ARTIFACT_UPDATE;
      opensTask(key, depth);
    } else if (isWrapped && depth == IN_RESULT + 2) {
      opensTask(key, depth);
    }
  }

  private void opensTask(@Nullable Key key, int depth) {
    status = key == Key.STATUS ? depth : status;
    artifact |= key == Key.ARTIFACT;
  }

  /** Whether a state that is read at this depth is one of a task. */
  boolean isInStatus(int depth) {
    return status == depth;
  }

  /** Notes that the task is in this state. */
  void isState(byte[] bytes, int length) {
    for (byte[] word : GOING_ON) {
      working |= length == word.length && begins(bytes, word);
    }
  }

  private static boolean begins(byte[] bytes, byte[] word) {
    int i = 0;
    while (i < word.length && bytes[i] == word[i]) {
      i++;
    }
    return i == word.length;
  }

  /** Whether the task has not come to its end. */
  boolean isWorking() {
    return working;
  }

  /** Whether there is a part of what the task makes. */
  boolean hasArtifact() {
    return artifact;
  }
}
