package io.stallguard.core;

import io.stallguard.core.body.Answer;
import io.stallguard.core.body.Dialect;
import io.stallguard.core.body.Dialects;
import io.stallguard.core.body.EventData;
import io.stallguard.core.body.EventKind;
import io.stallguard.core.body.IdentifiedAnswers;
import io.stallguard.core.body.Mark;
import io.stallguard.core.body.Meaning;
import io.stallguard.core.body.Place;
import io.stallguard.core.body.Reason;
import io.stallguard.core.body.Saying;
import org.jspecify.annotations.Nullable;

/** Says of each event of a stream what it means, in the dialect that the stream shows itself in. */
final class Reading {
  // Strongest first: what the operator says; heartbeats and errors, which dialects share; what the
  // event's name means in a dialect; what its data does. Whatever nobody knows is content.

  private static final String ANY_ERROR = "error";

  private final Events events;
  private final String path;
  private final boolean isSubscribed;
  private final boolean isMarked;

  private final IdentifiedAnswers answers = new IdentifiedAnswers();

  /** What the stream has shown itself to be; null before it has. */
  private @Nullable Dialect dialect;

  /** A call's events that can be asked for again may break off anywhere. */
  private boolean resumable;

  /** The lifecycle event that came last, if nothing but heartbeats came after it. */
  private @Nullable ShownName lastLifecycle;

  private int lastHash;

  /** Whether the answer's reason for its end was that a tool is to be run. */
  private boolean asksForTool;

  /** Whether the event that is being told asks for one. */
  private boolean askedNow;

  /** What the event that is being told means. */
  private Saying saying = Saying.CONTENT;

  private @Nullable Dialect speaker;

  /** Whether it is a name that says so. */
  private boolean byName;

  Reading(Exchange exchange, EventNames names, Events events) {
    this.events = events;
    this.path = exchange.path();
    this.isSubscribed = exchange.isSubscription();
    this.isMarked = names.hasStandardTerminals();
  }

  /** What the name alone says of the event, if it says enough; null if its data has to be seen. */
  @Nullable Saying known(ShownName name, Place place) {
    Meaning meaning = name.meaning(place);
    return meaning != null && meaning.counts(dialect) ? meaning.saying() : null;
  }

  /** What the stream has shown itself to be; null before it has. */
  @Nullable Dialect dialect() {
    return dialect;
  }

  /** The stream names its events so that it can be asked for those that were missed. */
  void isResumable() {
    resumable = true;
  }

  /** Nothing but that the stream is alive. */
  void heartbeat(ShownName name) {
    events.happened(EventKind.HEARTBEAT, name);
  }

  /** An event that is no JSON and has no name. */
  void content(ShownName name) {
    tell(EventKind.CONTENT, name);
    if (dialect == null) {
      answer().recovers();
    }
  }

  /** Whole data that says of itself, in whatever dialect, that nothing follows. */
  void done(ShownName name) {
    tell(EventKind.LIFECYCLE, name);
    if (answers.isDoneOfOne()) {
      return;
    }
    boolean forCertain = dialect != null && Dialects.isKnownPath(path) && !asksForTool;
    Mark mark = forCertain ? Mark.SHORT : Mark.LONG;
    asksForTool = false;
    answer().ends(isMarked ? mark : Mark.NONE, isMarked);
  }

  /** What the operator named as the end. */
  void operatorsEnd(ShownName name) {
    tell(EventKind.LIFECYCLE, name);
    answer().ends(Mark.SHORT);
  }

  /** The provider has failed, and says so beside the data. */
  void failed(ShownName name, String kind) {
    tell(EventKind.ERROR, name);
    fails(kind, false);
  }

  /**
   * An event is whole.
   *
   * @param name its name, null if it has none
   * @param byDefault the name to be shown then
   * @param hasData whether there is any
   */
  void event(
      @Nullable ShownName name, Place place, ShownName byDefault, DataScan scan, boolean hasData) {
    Findings found = scan.findings();
    ShownName shown = EventTitles.shown(name, byDefault, found);
    KeyItem item = found.item();
    if (EventTitles.isOperatorsEnd(name, found) || (item != null && item.isTerminal())) {
      operatorsEnd(shown);
    } else if (item != null || EventTitles.isHeartbeat(name, found)) {
      heartbeat(shown);
    } else {
      if (EventTitles.subscribes(name, found, events.progress() == 0)) {
        answer().subscribes();
      }
      interpret(name, place, scan);
      apply(shown, scan, hasData);
    }
  }

  /**
   * The body has ended within an event: an answer that it is part of is not whole.
   *
   * @param isEnd whether its data may be what ends a stream
   */
  void brokenOff(@Nullable ShownName name, Place place, DataScan scan, boolean isEnd) {
    boolean behind = answer().isWhole();
    if (behind && (isEnd || EventTitles.isNoPiece(name, scan.findings()))) {
      return;
    }
    interpret(name, place, scan);
    if (behind && speaker == null && !scan.isEnded() && !answer().isOpen()) {
      // Behind the terminal event nothing is expected but the begin of another answer.
      speaker = dialect;
    }
    if (!behind || (speaker != null && speaker.isAnswer() && saying.isOfAnswer())) {
      goesOn();
    }
  }

  /** Finds out what the event means, and in which dialect. */
  private void interpret(@Nullable ShownName name, Place place, DataScan scan) {
    speaker = null;
    saying = Saying.CONTENT;
    byName =
        interpretName(name, place)
            || interpretName(scan.findings().type(), Place.NAME)
            || interpretName(scan.findings().event(), Place.EVENT)
            || interpretName(scan.findings().eventType(), Place.EVENT_TYPE);
    if (!byName) {
      interpretData(scan.data());
    }
    Dialect by = speaker;
    askedNow = by != null && by.asksForTool(scan.data());
  }

  private boolean interpretName(@Nullable ShownName name, Place place) {
    Meaning meaning = name == null ? null : name.meaning(place);
    if (meaning == null || !meaning.counts(dialect)) {
      return false;
    }
    speaker = meaning.dialect();
    saying = meaning.saying();
    return true;
  }

  private void interpretData(EventData data) {
    Dialect shown = dialect;
    Saying said = shown == null ? null : shown.said(data);
    if (said == null) {
      shown = Dialects.ofData(data);
      said = shown == null ? null : shown.said(data);
    }
    if (said != null) {
      speaker = shown;
      saying = data.alternatives().said(said, answer().isWhole());
    }
  }

  private void apply(ShownName name, DataScan scan, boolean hasData) {
    EventData data = scan.data();
    Findings found = scan.findings();
    boolean hasError = found.hasError() || (speaker != null && speaker.hasFailed(data));
    if (saying == Saying.ERROR || hasError || EventTitles.isError(name, found)) {
      fails(name, scan);
      return;
    }
    saying = answers.said(speaker, saying, data.id());
    if (answers.areLost()) {
      answer().losesTrack();
    }
    if (saying == Saying.REASON) {
      applyReason(name, data.reason());
    } else if (saying != Saying.END && (!hasData || (speaker == null && data.isEmptyObject()))) {
      heartbeat(name);
    } else {
      applyPlain(name, scan);
    }
  }

  private void fails(ShownName name, DataScan scan) {
    String kind = scan.findings().errorName();
    tell(EventKind.ERROR, name.isError() || speaker != null ? name : ShownName.ERROR);
    shows();
    fails(kind == null ? ANY_ERROR : kind, answers.fails(dialect, scan.data().id()));
    if (scan.data().hasPiece()) {
      answer().failsWithPiece();
    }
  }

  /** An error alone makes no stream a reply: others than providers have such events too. */
  private boolean isReply() {
    Dialect shown = dialect;
    return shown != null && shown.isAnswer();
  }

  /** Of a call, an error is the whole result; who subscribes is told of errors as of all else. */
  private void fails(String kind, boolean othersGoOn) {
    boolean isOfAnswer = dialect == null ? Dialects.isKnownPath(path) : isReply();
    boolean isEnd = !othersGoOn && (isReply() || !isSubscription());
    answer().fails(kind, isReply(), isOfAnswer, isEnd);
    if (othersGoOn) {
      answer().othersGoOn();
    }
  }

  private boolean isSubscription() {
    return isSubscribed || answer().isSubscription();
  }

  private void applyReason(ShownName name, Reason reason) {
    tell(EventKind.LIFECYCLE, name);
    shows();
    if (reason == Reason.NONE) {
      goesOnIfOpen();
    } else {
      finishes(reason == Reason.TOOL ? Saying.TOOL : Saying.FINISH);
    }
  }

  private void applyPlain(ShownName name, DataScan scan) {
    switch (saying) {
      case HEARTBEAT:
        heartbeat(name);
        break;
      case START:
        tell(EventKind.LIFECYCLE, name);
        goesOn();
        break;
      case LIFECYCLE:
        lifecycle(name, scan.contentHash());
        break;
      case STEP:
        tell(EventKind.LIFECYCLE, name);
        goesOnIfOpen();
        break;
      case TRAILER:
        trailer(name);
        break;
      case LAST:
        boolean whole = answer().isWhole();
        tell(EventKind.LIFECYCLE, name);
        ends(whole);
        break;
      case END:
      case PART:
      case TOOL:
      case FINISH:
        tell(scan.data().kindOfEnd(byName), name);
        answer().endsWith(scan.data().hasPiece());
        applyEnd();
        break;
      default:
        piece(name, scan.data());
        break;
    }
  }

  /** Behind an error it takes that back if it is one of an answer for certain. */
  private void piece(ShownName name, EventData data) {
    tell(EventKind.CONTENT, name);
    boolean isCertain = speaker == null ? dialect == null : !data.isHollow();
    if (answer().error() == null || isCertain) {
      answer().recovers();
      goesOn();
    }
  }

  private void applyEnd() {
    if (saying == Saying.END) {
      ends(true);
    } else if (saying != Saying.PART) {
      finishes(saying);
    } else if (answer().error() == null) {
      goesOn();
    }
  }

  private void lifecycle(ShownName name, int hash) {
    if (name == lastLifecycle && hash == lastHash) {
      heartbeat(name);
      return;
    }
    tell(EventKind.LIFECYCLE, name);
    lastLifecycle = name;
    lastHash = hash;
    goesOnIfOpen();
  }

  private void trailer(ShownName name) {
    Mark before = answer().mark();
    boolean wasEnded = answer().isEnded();
    tell(EventKind.LIFECYCLE, name);
    answer().keeps(before, wasEnded);
  }

  /** An answer that is whole is not opened again by what is no piece of another. */
  private void goesOnIfOpen() {
    if (!answer().isWhole()) {
      goesOn();
    }
  }

  private void goesOn() {
    Dialect by = speaker;
    // One that asks for a tool before its end still does at its end.
    asksForTool = askedNow || (asksForTool && !answer().isWhole() && saying != Saying.START);
    shows();
    if (by != null && (by.isAnswer() || !(isSubscribed || resumable))) {
      answer().goesOn(by.isAnswer());
    }
  }

  private void finishes(Saying how) {
    shows();
    asksForTool = how == Saying.TOOL || askedNow || (asksForTool && !answer().isWhole());
    if (asksForTool) {
      answer().becomesWhole();
    } else {
      answer().finishes(mark(how), isEnd(how));
    }
  }

  private void ends(boolean whole) {
    shows();
    asksForTool |= askedNow;
    if (whole) {
      answer().ends(mark(Saying.END), isEnd(Saying.END));
    }
    asksForTool = false;
  }

  /** Where a tool was asked for, the next turn of the same stream may bring what it said. */
  private Mark mark(Saying how) {
    Dialect by = speaker;
    Mark mark = by == null || !isMarked ? Mark.NONE : by.mark(how, path);
    return mark == Mark.SHORT && asksForTool ? Mark.LONG : mark;
  }

  private boolean isEnd(Saying how) {
    Dialect by = speaker;
    return by != null && isMarked && by.isEnd(how) && (by.isAnswer() || !isSubscription());
  }

  private void shows() {
    if (speaker != null) {
      dialect = speaker;
    }
  }

  private void tell(EventKind kind, ShownName name) {
    lastLifecycle = null;
    events.happened(kind, name);
  }

  private Answer answer() {
    return events.answer();
  }
}
