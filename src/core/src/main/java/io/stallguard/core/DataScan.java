package io.stallguard.core;

import io.stallguard.core.body.EventData;
import io.stallguard.core.body.Meaning;
import io.stallguard.core.body.Place;
import io.stallguard.core.body.Saying;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the data of one event after another, as its bytes come: which keys it has, and what
 * those say that tell of heartbeats, errors and ends. Across any chunk boundary.
 */
final class DataScan {
  // Two ways to look: the first follows the document; the second, after 4 KiB of an event, only
  // looks for the keys that matter anywhere. An event whose name says all is not looked at.
  //
  // What is kept: where it stands, the hash of the key that is being read, and of a value that is
  // asked for the first 64 bytes.

  /** How far into an event the first way goes. */
  private static final int LOOKED_INTO = 4096;

  /** And behind a string that reaches further: what closes the event mostly has its say. */
  private static final int BEHIND_STRING = 512;

  private final DataKeys keys;
  private final boolean isBounded;
  private final Findings findings;
  private final JsonWalk walk;
  private final KeySeek seek;

  /** Whether what is at the begin of each event may be passed over. */
  private final boolean mayJump;

  /** Whether any data has been looked at since the last begin. */
  private boolean used = true;

  private boolean over = true;

  /** Whether the second way is taken. */
  private boolean seeking;

  /** Where in the event the first way ends. */
  private int bound;

  /** Bytes of the event so far. */
  private int seen;

  private boolean hashing;
  private int contentHash;

  /**
   * Makes one.
   *
   * @param isBounded whether something else tells where a document ends
   */
  DataScan(EventNames names, boolean isBounded) {
    this.keys = names.keys();
    this.isBounded = isBounded;
    this.mayJump = isBounded && !keys.hasItems();
    this.findings = new Findings(names);
    this.walk = new JsonWalk(keys, findings);
    this.seek = new KeySeek(keys, findings);
  }

  /** The data of another event begins. */
  void begin() {
    if (used) {
      used = false;
      findings.clear();
      walk.begin();
      seeking = false;
      bound = LOOKED_INTO;
      contentHash = 0;
    }
    over = false;
    seen = 0;
    hashing = false;
  }

  /** The same for an event whose name says enough; what repeats itself is told by its bytes. */
  void begin(Saying known) {
    begin();
    hashing = known == Saying.LIFECYCLE;
    over = !hasMoreToSay(known) && !keys.hasItems();
  }

  /** Whether the data says of an end why it is one. */
  private static boolean hasMoreToSay(Saying known) {
    switch (known) {
      case REASON:
      case ERROR:
      case FINISH:
      case END:
        return true;
      default:
        return false;
    }
  }

  /** Whether nothing of this event's data has to be looked at any more. */
  boolean isOver() {
    return over && !hashing;
  }

  /**
   * Looks at the next bytes of the data.
   *
   * @return the index behind the end of the document, or {@code to}
   */
  int next(byte[] bytes, int from, int to) {
    used = true;
    int hashFrom = hashing ? from : to;
    int i = from;
    while (i < to && !over) {
      if (seeking) {
        seek.next(bytes, i, to);
        i = to;
      } else {
        boolean before = hashing;
        i = walk(bytes, i, to, from - seen);
        hashFrom = hashing && !before ? i : hashFrom;
      }
    }
    if (hashing) {
      addContent(bytes, hashFrom, isBounded ? to : i);
    }
    seen += to - from;
    return i;
  }

  /** The first way, to where the second one begins. */
  private int walk(byte[] bytes, int from, int to, int begin) {
    if (isBounded && from - begin >= bound && walk.isInString()) {
      int end = walk.string(bytes, from, to);
      bound = end - begin + (walk.isInString() ? 0 : BEHIND_STRING);
      return end;
    }
    int last = isBounded ? Math.min(to, Math.max(from + 1, begin + bound)) : to;
    ShownName typeBefore = findings.type();
    int start = from == begin && mayJump ? walk.jump(bytes, from, last) : from;
    int i = walk.next(bytes, start, last, -begin);
    over = walk.isEnded();
    if (isBounded && i - begin >= bound && walk.isBetweenTokens()) {
      seeking = true;
      seek.begin();
    }
    if (findings.type() != typeBefore || findings.event() != null) {
      shows();
    }
    return i;
  }

  /** A lifecycle event may be the one before; a piece of the answer has nothing more to say. */
  private void shows() {
    Meaning meaning = meaning();
    if (meaning == null) {
      return;
    }
    hashing |= meaning.saying() == Saying.LIFECYCLE;
    over |= meaning.saying() == Saying.CONTENT && isBounded && !keys.hasItems();
  }

  private @Nullable Meaning meaning() {
    ShownName type = findings.type();
    ShownName event = findings.event();
    Meaning ofType = type == null ? null : type.meaning(Place.NAME);
    return ofType != null || event == null ? ofType : event.meaning(Place.EVENT);
  }

  /** Without digits: a number that counts up does not make an event another one. */
  private void addContent(byte[] bytes, int from, int to) {
    int sum = contentHash;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      sum = b >= '0' && b <= '9' ? sum : 31 * sum + b;
    }
    contentHash = sum;
  }

  /** Whether the document is over, or there is none. */
  boolean isEnded() {
    return over;
  }

  /** Whether the document is whole. */
  boolean isWhole() {
    return walk.isWhole();
  }

  Findings findings() {
    return findings;
  }

  EventData data() {
    return findings.data();
  }

  /** What tells a lifecycle event from others of its name. */
  int contentHash() {
    return contentHash;
  }
}
