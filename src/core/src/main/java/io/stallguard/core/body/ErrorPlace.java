package io.stallguard.core.body;

/** Where in a document an error stands, while that is read. */
final class ErrorPlace {
  /** The depth of what is in the error; 0 outside. */
  private int depth;

  private boolean counts;

  /** The depth of an object beside the answer that a server tells its errors in; 0 outside. */
  private int beside;

  /** Another document begins. */
  void clear() {
    depth = 0;
    beside = 0;
  }

  /** An object is opened beside the answer in which a server tells its errors. */
  void opensBeside(int inside) {
    beside = inside;
  }

  /** Whether an error that is told at this depth is the event's own. */
  boolean isBeside(int at) {
    return beside != 0 && beside == at;
  }

  /**
   * An object or list is opened that an error is told in; an error in another is a part of that.
   *
   * @param inside the depth of what it has
   * @param isOwn whether it is the event's own error, or one of its choices'
   */
  void opens(int inside, boolean isOwn) {
    if (depth == 0) {
      depth = inside;
      counts = isOwn;
    }
  }

  /** An object or list is closed: what is read next stands at this depth. */
  void closes(int now) {
    depth = now < depth ? 0 : depth;
    beside = now < beside ? 0 : beside;
  }

  /** Whether what is read is a part of an error. */
  boolean isInside() {
    return depth != 0;
  }

  /** Whether what is read stands in an error, and in nothing else in it. */
  boolean isAt(int now) {
    return depth != 0 && depth == now;
  }

  /** Whether the error that is read is the event's own, or one of its choices'. */
  boolean counts() {
    return counts;
  }
}
