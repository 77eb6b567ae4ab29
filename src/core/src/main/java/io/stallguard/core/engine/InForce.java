package io.stallguard.core.engine;

import io.stallguard.core.body.Answer;
import io.stallguard.core.body.Mark;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Limit;

/**
 * Says which limits on silence are in force for a stream, by what it has said so far. The thread
 * that delivers the bytes, and any that has read the guard's word after it.
 */
final class InForce {
  // A stream may be a subscription, show an answer, be a reply until that one's terminal event, and
  // a subscription again. So nothing is decided when it is opened: each look asks anew.

  private InForce() {}

  /**
   * The limit on byte silence. After a mark there is none: the grace is a limit on event silence.
   */
  static Limit ofBytes(Guard guard) {
    return Lifted.of(ownOfBytes(guard, guard.progress().bytes() > 0), guard);
  }

  /** The limit on event silence, the grace included. */
  static Limit ofEvents(Guard guard) {
    return Lifted.of(ownOfEvents(guard), guard);
  }

  /** The limit on byte silence as it is while no breaker is open, before any byte or after one. */
  static Limit ownOfBytes(Guard guard, boolean anyByte) {
    if (!grace(guard).isOff()) {
      return Limits.OFF;
    }
    Limits limits = guard.limits();
    boolean content = guard.events().answer().hasContent();
    return isReply(guard)
        ? limits.ofReply(anyByte, content)
        : limits.ofSubscription(anyByte, content, guard.events().cadence());
  }

  /** The limit on event silence as it is while no breaker is open. */
  static Limit ownOfEvents(Guard guard) {
    Limit grace = grace(guard);
    if (!grace.isOff()) {
      return grace;
    }
    Limits limits = guard.limits();
    return isReply(guard)
        ? limits.eventsOfReply(guard.events().answer().hasContent())
        : limits.eventsOfSubscription();
  }

  private static boolean isReply(Guard guard) {
    Answer answer = guard.events().answer();
    return answer.isOpen() || isExpectedToEnd(guard, answer);
  }

  private static boolean isExpectedToEnd(Guard guard, Answer answer) {
    return !(guard.exchange().isSubscription() || answer.isSubscription());
  }

  /** Whether the stream as a whole, as far as it has come, is a reply and no subscription. */
  static boolean hasBeenReply(Guard guard) {
    Answer answer = guard.events().answer();
    return answer.isOnlyOne() || isExpectedToEnd(guard, answer);
  }

  /** Whether a silence that began then has only come after an answer had ended. */
  static boolean isOfGrace(Guard guard, long since) {
    return guard.events().isDone()
        && guard.events().lastProgressAt() - since <= 0
        && !grace(guard).isOff();
  }

  /** The grace once an answer has ended; off where no grace of its own is due. */
  private static Limit grace(Guard guard) {
    Answer answer = guard.events().answer();
    Limits limits = guard.limits();
    // Behind an end another event may have begun: what may be a piece goes on with the answer.
    if (!answer.isEnded() || limits.ignoresDone() || guard.events().hasBegun()) {
      return Limits.OFF;
    }
    Limit set = limits.graceSet();
    if (set != null) {
      return set;
    }
    Mark mark = answer.mark();
    return mark == Mark.NONE || guard.notices().isGoingOn(guard.exchange())
        ? Limits.OFF
        : Limits.graceAfter(mark);
  }
}
