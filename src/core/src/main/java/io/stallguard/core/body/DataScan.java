package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * Looks through the data of one event after another, as its bytes come: which keys it has, and what
 * those say that tell of heartbeats, errors and ends. Across any chunk boundary.
 */
final class DataScan {
  // Two ways to look: an event is compared with the mould of one before it; if it is another one,
  // its document is followed, however long it is: what closes an event mostly has its say. An event
  // whose name says all is not looked at.
  //
  // What is kept: where it stands, the hash of the key that is being read, of a value that is asked
  // for the first 64 bytes, and the mould, which has gaps for all text.

  private final EventNames names;
  private final boolean isBounded;
  private final Findings findings;
  private final JsonWalk walk;

  /** The mould, with how far an event agrees with it; null before any data. */
  private @Nullable MouldMatch mould;

  /** Whether the event is compared with the mould; once it is over, whether it agreed. */
  private boolean matching;

  /** Whether what is found is what the mould says. */
  private boolean isOfMould;

  /** Whether anything may be found. */
  private boolean used = true;

  private boolean over = true;

  private boolean hashing;
  private int contentHash;

  /** Whether what is hashed next stands in a string, and behind a backslash there. */
  private boolean inString;

  private boolean escaped;

  /** Whether a piece of an answer is looked into, for once: nothing is learned of it. */
  private boolean looksInto;

  /** Whether a name that means a piece may be somebody else's, so that it is not enough. */
  private boolean doubtsPieces;

  /** Whether the mould is of an event that was looked at up to its name. */
  private boolean isOfPrefix;

  /**
   * Makes a scan.
   *
   * @param isBounded whether something else tells where a document ends
   */
  DataScan(EventNames names, boolean isBounded) {
    this.names = names;
    this.isBounded = isBounded;
    this.findings = new Findings(names);
    this.walk = new JsonWalk(names.keys(), findings);
  }

  /** The data of another event begins. */
  void begin() {
    begin(null, false);
  }

  /**
   * The data of another event begins, whose name may say what it means.
   *
   * @param known what its name says, if that is enough; what repeats itself is told by its bytes
   * @param isLookedInto whether it is looked at what is in a piece of an answer
   */
  void begin(@Nullable Saying known, boolean isLookedInto) {
    looksInto = isLookedInto;
    doubtsPieces = false;
    boolean isEnough = known != null && !hasMoreToSay(known) && !names.keys().hasItems();
    begin(isEnough, known != null && mayRepeat(known));
  }

  /**
   * The data of another event begins, which is not known to be of the dialect that has its name.
   *
   * @param isOfNobody whether the stream has shown no dialect
   */
  void beginUnknown(@Nullable Saying meant, boolean isLookedInto, boolean isOfNobody) {
    looksInto = isLookedInto;
    doubtsPieces = isOfNobody;
    begin(false, meant != null && mayRepeat(meant));
  }

  private void begin(boolean saysAll, boolean isHashed) {
    over = saysAll;
    hashing = isHashed;
    contentHash = 0;
    inString = false;
    escaped = false;
    MouldMatch before = mould;
    matching = before != null && !saysAll && mayMatch(before) && before.begin() && !isHashed;
    if (!matching) {
      clear();
    }
  }

  private boolean mayMatch(MouldMatch before) {
    return !(looksInto || doubtsPieces) || (before.isWhole() && !isOfPrefix);
  }

  private void clear() {
    if (used) {
      clearAll();
      used = false;
    }
  }

  private void clearAll() {
    isOfMould = false;
    findings.clear();
    walk.begin();
  }

  /** Whether such an event is told from the one before it by its bytes. */
  private static boolean mayRepeat(Saying known) {
    return known == Saying.LIFECYCLE || known == Saying.START;
  }

  /** Whether the data says which answer begins, or of an end why it is one. */
  private static boolean hasMoreToSay(Saying known) {
    switch (known) {
      case START:
      case REASON:
      case ERROR:
      case FINISH:
      case END:
        return true;
      default:
        return false;
    }
  }

  /**
   * Passes over bytes that are as they were in an event before.
   *
   * @return the index behind that, at most that of the end of the line
   */
  int repeated(byte[] bytes, int from, int to) {
    return matching && !over ? match(bytes, from, to, true) : from;
  }

  private int match(byte[] bytes, int from, int to, boolean inLine) {
    MouldMatch before = mould();
    int i = before.next(bytes, from, to, inLine);
    over = before.isComplete();
    return i;
  }

  /**
   * Looks at the next bytes of the data.
   *
   * @return the index behind the end of the document, or {@code to}
   */
  int next(byte[] bytes, int from, int to) {
    int i = from;
    if (matching) {
      i = over ? from : match(bytes, from, to, false);
      if (over || i == to) {
        return i;
      }
      follow();
    }
    return look(bytes, i, to);
  }

  /** Finds what the event has said so far in what it has in common with the mould. */
  private void follow() {
    clearAll();
    used = true;
    mould().replay(walk, findings.data());
    isOfMould = over;
    matching = over;
  }

  private int look(byte[] bytes, int from, int to) {
    used = true;
    int hashFrom = hashing ? from : to;
    int i = from;
    while (i < to && !over) {
      boolean before = hashing;
      i = walk(bytes, i, to);
      hashFrom = hashing && !before ? i : hashFrom;
    }
    if (hashing) {
      addContent(bytes, hashFrom, isBounded ? to : i);
    }
    return i;
  }

  private MouldMatch mould() {
    MouldMatch before = mould;
    if (before == null) {
      before = new MouldMatch(walk);
      mould = before;
    }
    return before;
  }

  private int walk(byte[] bytes, int from, int to) {
    ShownName typeBefore = findings.type();
    int i = looksInto ? walk.next(bytes, from, to) : learn(bytes, from, to);
    over = walk.isEnded();
    if (findings.type() != typeBefore || findings.event() != null) {
      shows();
    }
    if (over) {
      isOfMould = !looksInto && mould().close(!hashing);
      isOfPrefix = isOfMould ? !walk.isEnded() : isOfPrefix;
    }
    return i;
  }

  private int learn(byte[] bytes, int from, int to) {
    MouldMatch learner = mould();
    learner.pieceBegins(from);
    int i = walk.next(bytes, from, to);
    learner.pieceEnds(bytes, i);
    return i;
  }

  /**
   * Shows what the mould says. A lifecycle event may be the one before; a piece of the answer
   * mostly has no more to say.
   */
  private void shows() {
    Meaning meaning = meaning();
    if (meaning == null) {
      return;
    }
    hashing |= mayRepeat(meaning.saying());
    boolean isPiece = meaning.saying() == Saying.CONTENT && isBounded;
    boolean isEnough = isPiece && !meaning.isLookedInto() && !names.keys().hasItems();
    over |= isEnough && !looksInto && !doubtsPieces;
  }

  private @Nullable Meaning meaning() {
    ShownName type = findings.type();
    ShownName event = findings.event();
    Meaning ofType = type == null ? null : type.meaning(Place.NAME);
    return ofType != null || event == null ? ofType : event.meaning(Place.EVENT);
  }

  /**
   * Adds bytes to the hash of the event. A number that counts up does not make it another event; a
   * number in a name does.
   */
  private void addContent(byte[] bytes, int from, int to) {
    int sum = contentHash;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      sum = !inString && b >= '0' && b <= '9' ? sum : 31 * sum + b;
      inString ^= b == '"' && !escaped;
      escaped = inString && b == '\\' && !escaped;
    }
    contentHash = sum;
  }

  /** Whether the document is over, or there is none. */
  boolean isEnded() {
    return over;
  }

  /** Whether nothing of this event's data has to be looked at any more. */
  boolean isOver() {
    return over && !hashing;
  }

  /** Whether the event says the same as the one before it, and nothing was found anew. */
  boolean isRepeated() {
    return matching && over && isOfMould;
  }

  /** Whether the document is whole. */
  boolean isWhole() {
    findings();
    return walk.isWhole();
  }

  Findings findings() {
    if (matching && !isRepeated()) {
      follow();
    } else if (matching) {
      mould().tellId(findings.data());
    }
    return findings;
  }

  EventData data() {
    return findings().data();
  }

  /** A hash that tells a lifecycle event from others of its name. */
  int contentHash() {
    return contentHash;
  }
}
