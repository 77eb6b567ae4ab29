package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** How a kind of provider says that an answer begins, goes on and is whole. Stateless. */
abstract class Dialect {
  private final String name;
  private final Mark afterFinish;
  private final Mark afterEnd;
  private final String[] paths;

  /**
   * Describes a dialect.
   *
   * @param afterFinish what a finish reason says of events after it, on a path of this dialect
   * @param afterEnd what the terminal event says of events after it, likewise
   * @param paths what these paths end with
   */
  Dialect(String name, Mark afterFinish, Mark afterEnd, String... paths) {
    this.name = name;
    this.afterFinish = afterFinish;
    this.afterEnd = afterEnd;
    this.paths = paths;
  }

  /** The name for people. */
  final String name() {
    return name;
  }

  /** What an event says by a name that stands there; null if the name is none of this dialect's. */
  @Nullable Saying ofName(Place place, String word) {
    return null;
  }

  /** What an event says by the keys of its data; null if they are none of this dialect's. */
  @Nullable Saying ofData(EventData data) {
    return null;
  }

  /** What an event says by the keys of its data; null if they are none of this dialect's. */
  final @Nullable Saying said(EventData data) {
    return ofData(data);
  }

  /**
   * Whether the event asks for a tool, so that the next turn may bring what that said: by the
   * reason for its end, or by a call in it, as some say {@code stop} behind that.
   */
  boolean asksForTool(EventData data) {
    return data.reason() == Reason.TOOL;
  }

  /** Whether an event with this name, of those that this dialect has, asks for a tool. */
  boolean asksForTool(String word) {
    return false;
  }

  /** Whether the data of an event with this name may ask for a tool. */
  boolean needsData(String word) {
    return false;
  }

  /** Whether the event's reason for an end is that the provider has failed. */
  final boolean hasFailed(EventData data) {
    return isAnswer() && data.reason() == Reason.ERROR;
  }

  /** Whether its answers have an id, so that several can be told apart that come side by side. */
  boolean hasIds() {
    return false;
  }

  /** What tells the event's answer from others in the stream; 0 if nothing does. */
  int id(EventData data) {
    return hasIds() ? data.id() : 0;
  }

  /** Whether each answer has one event that begins it and one that ends it, and no id. */
  boolean hasOneStart() {
    return !hasIds();
  }

  /**
   * Whether an event that says so begins an answer that nothing but its own end tells from others.
   */
  final boolean isStartOfAnother(Saying saying) {
    return saying == Saying.START && hasOneStart();
  }

  /** Whether another id is for certain that of another answer. */
  boolean areIdsCertain() {
    return false;
  }

  /**
   * Whether names other than that of its first event are too common to tell anything before that
   * one.
   */
  boolean needsStart() {
    return false;
  }

  /** Whether other dialects have events of its names too, so that those have to say more. */
  boolean hasNamesakes() {
    return true;
  }

  /**
   * Whether such an event is one of this dialect by what it says beside its name; else it may be
   * one of somebody's own that looks alike.
   */
  boolean isCertain(Saying saying, EventData data) {
    return !hasNamesakes();
  }

  /** Whether an event with such a name is one of this dialect, in a stream that has shown none. */
  final boolean isOwnByName(Saying saying, EventData data, String path) {
    return isCertain(saying, data) || (isPath(path) && !data.isStrange());
  }

  /**
   * Whether such a name without more, which may be a greeting, is enough behind another greeting.
   */
  boolean mayGreet(Saying saying) {
    return false;
  }

  /** Whether such a name without more is enough behind a greeting. */
  boolean isEnoughBehindGreeting(Saying saying) {
    return false;
  }

  /**
   * Whether an event with such keys is one of this dialect, in a stream that has shown none. Those
   * of an end are too few for that.
   */
  final boolean isOwnByKeys(Saying saying, EventData data, String path) {
    return isCertain(saying, data) || (mayBegin(saying) && isPath(path));
  }

  private static boolean mayBegin(Saying saying) {
    switch (saying) {
      case REASON:
      case TOOL:
      case PART:
      case FINISH:
      case END:
      case LAST:
        return false;
      default:
        return true;
    }
  }

  /** Whether a piece of an answer has nothing in it. */
  boolean isHollow(EventData data) {
    return isAnswer() && data.isHollow();
  }

  /** Whether an event that is all of a body, and no stream's, says whatever there was to say. */
  boolean isWholeAlone(EventData data) {
    return false;
  }

  /**
   * Whether a stream of this dialect is an answer; else it may be one or carry calls of any kind.
   */
  boolean isAnswer() {
    return true;
  }

  /** What such an event says of those after it, on this path. */
  final Mark mark(Saying saying, String path) {
    return isPath(path) ? mark(saying) : Mark.NONE;
  }

  /** What such an event says of those after it on a path of this dialect. */
  final Mark mark(Saying saying) {
    switch (saying) {
      case FINISH:
        return afterFinish;
      case END:
        return afterEnd;
      default:
        return Mark.NONE;
    }
  }

  /**
   * Whether such an event ends an answer of this dialect, wherever it comes: what a grace goes by
   * that an operator has set.
   */
  final boolean isEnd(Saying saying) {
    return saying == Saying.END
        || (saying == Saying.FINISH && (afterFinish != Mark.NONE || endsWithReason()));
  }

  /** Whether nothing may follow a finish reason that is of the answer, or what shows its end. */
  boolean endsWithReason() {
    return afterFinish != Mark.NONE && afterEnd == Mark.NONE;
  }

  /** Whether answers of this dialect are expected on the path. */
  final boolean isPath(String path) {
    int to = endOf(path);
    for (String end : paths) {
      if (path.startsWith(end, to - end.length())) {
        return true;
      }
    }
    return false;
  }

  /** Where the part of the path ends that tells the provider: a slash may follow. */
  int endOf(String path) {
    return path.endsWith("/") ? path.length() - 1 : path.length();
  }

  /** What the paths end with, for people. */
  final String paths() {
    return String.join(", ", paths);
  }

  /** What follows a finish reason on such a path. */
  final Mark afterFinish() {
    return afterFinish;
  }

  /** What follows the terminal event on such a path. */
  final Mark afterEnd() {
    return afterEnd;
  }
}
