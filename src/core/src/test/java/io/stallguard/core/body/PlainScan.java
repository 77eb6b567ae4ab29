package io.stallguard.core.body;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of one event, looked at byte after byte and with nothing remembered of other events:
 * slow and plain, and what every faster way has to find as well.
 */
final class PlainScan {
  private static final int DEEPEST_LIST = 3;
  private static final int BEYOND_ALL = 62;
  private static final int UNKNOWN = DataKeys.UNKNOWN;

  private static final List<Key> PIECES =
      List.of(Key.DELTA, Key.MESSAGE, Key.CONTENT, Key.OUTPUT, Key.CANDIDATES, Key.TOOL_CALL_DELTA);
  private static final List<Key> OF_ANSWERS =
      List.of(
          Key.CHOICES,
          Key.CANDIDATES,
          Key.DELTA,
          Key.MESSAGE,
          Key.RESPONSE,
          Key.RESULT,
          Key.RESULTS,
          Key.OUTPUT,
          Key.OUTPUTS,
          Key.MESSAGE_STOP,
          Key.STATUS,
          Key.TASK,
          Key.STATUS_UPDATE);
  private static final List<Key> ASIDE = List.of(Key.METADATA, Key.SAFETY_RATINGS);

  private enum State {
    BETWEEN,
    KEY,
    FIRST,
    STRING,
    VALUE,
    NOTHING
  }

  private final DataKeys keys;
  private final Findings findings;
  private final boolean isBounded;
  private final boolean looksInto;
  private final AskedValue value = new AskedValue();
  private final List<Opened> open = new ArrayList<>();
  private final StringBuilder hashed = new StringBuilder();
  private State state = State.BETWEEN;
  private boolean over;
  private boolean hashing;
  private boolean hashedString;
  private boolean hashedBackslash;
  private boolean begun;
  private boolean keyExpected;
  private boolean justOpened;
  private boolean escaped;
  private boolean isInId;
  private long hash;
  private int length;
  private int id = UNKNOWN;

  PlainScan(EventNames names, boolean isBounded) {
    this(names, isBounded, false);
  }

  PlainScan(EventNames names, boolean isBounded, boolean looksInto) {
    this.looksInto = looksInto;
    this.keys = names.keys();
    this.findings = new Findings(names);
    this.isBounded = isBounded;
  }

  PlainScan all(byte[] data) {
    for (byte b : data) {
      next(b);
    }
    return this;
  }

  private void next(byte b) {
    if (hashing && (isBounded || !over)) {
      addToHash((char) b);
    }
    if (!over) {
      look(b);
    }
  }

  /** Digits count within a string only. */
  private void addToHash(char c) {
    if (hashedString || c < '0' || c > '9') {
      hashed.append(c);
    }
    if (hashedBackslash) {
      hashedBackslash = false;
    } else if (hashedString && c == '\\') {
      hashedBackslash = true;
    } else if (c == '"') {
      hashedString = !hashedString;
    }
  }

  private void look(byte b) {
    step(b);
    over = state == State.NOTHING;
    Meaning meaning = meaning();
    if (meaning != null) {
      hashing |= meaning.saying() == Saying.LIFECYCLE || meaning.saying() == Saying.START;
      boolean isPiece = meaning.saying() == Saying.CONTENT;
      over |= isPiece && isBounded && !keys.hasItems() && !looksInto;
    }
  }

  private @Nullable Meaning meaning() {
    ShownName type = findings.type();
    ShownName event = findings.event();
    Meaning ofType = type == null ? null : type.meaning(Place.NAME);
    return ofType != null || event == null ? ofType : event.meaning(Place.EVENT);
  }

  private void step(byte b) {
    switch (state) {
      case BETWEEN:
        between(b);
        break;
      case KEY:
        key(b);
        break;
      case FIRST:
        first(b);
        break;
      case STRING:
        string(b);
        break;
      case VALUE:
        value(b);
        break;
      default:
        break;
    }
  }

  private void between(byte b) {
    if (b == '{' || b == '[') {
      opens(b == '{');
    } else if (b == '}' || b == ']') {
      closes();
    } else if (b == ',') {
      keyExpected = !open.isEmpty() && last().isObject();
      id = UNKNOWN;
    } else if (b > ' ' && b != ':') {
      token(b);
    }
  }

  private void token(byte b) {
    stands();
    if (!begun) {
      state = State.NOTHING;
    } else if (b == '"') {
      state = keyExpected ? State.KEY : State.FIRST;
      hash = 0;
      length = 0;
      keyExpected = false;
    } else if (id != UNKNOWN) {
      value.begin(false);
      state = State.VALUE;
      isInId = findings.idBegins(id, open.size(), "-.0123456789".indexOf(b) >= 0);
      value(b);
    } else if (b < 'a') {
      found(UNKNOWN, Value.NUMBER);
    }
  }

  private void stands() {
    id = justOpened ? UNKNOWN : id;
    justOpened = false;
  }

  private void opens(boolean isObject) {
    stands();
    begun = true;
    findings.opened(id, open.size());
    Key key = id == UNKNOWN ? null : DataKeys.key(id);
    boolean isChoice = !open.isEmpty() && last().hasChoices();
    if (isChoice) {
      findings.data().choiceBegins();
    }
    boolean hasChoices =
        !isChoice
            && !isObject
            && open.size() < DEEPEST_LIST
            && key != null
            && key.hasAlternatives()
            && !isForeign();
    boolean isForeign = key == null ? !open.isEmpty() && last().isObject() : !isOfAnswer(key);
    boolean isOwnError = isErrorsPlace();
    open.add(new Opened(key, isObject, isChoice, hasChoices, isOwnError, isForeign));
    justOpened = true;
    keyExpected = isObject;
  }

  private boolean isOfAnswer(Key key) {
    return key == Key.METADATA
        ? isInside(Key.RESULT) || isInside(Key.RESULTS)
        : OF_ANSWERS.contains(key);
  }

  private void closes() {
    Opened closed = open.isEmpty() ? null : open.remove(open.size() - 1);
    if (justOpened) {
      closesEmpty(closed != null && closed.isObject());
    }
    if (closed != null && closed.isChoice()) {
      findings.data().choiceEnds();
    }
    justOpened = false;
    keyExpected = false;
    id = UNKNOWN;
    state = open.isEmpty() ? State.NOTHING : State.BETWEEN;
  }

  private void closesEmpty(boolean isObject) {
    Key key = id == UNKNOWN ? null : DataKeys.key(id);
    if (open.isEmpty() && isObject) {
      findings.data().isNothing();
    } else if (key != null) {
      findings.data().foundEmpty(key, open.size() == 1);
    }
  }

  private void key(byte b) {
    if (b == '"' && !escaped) {
      id = keys.find(hash, length);
      state = State.BETWEEN;
    } else {
      escaped = b == '\\' && !escaped;
      hash = DataKeys.add(hash, b);
      length++;
    }
  }

  private void first(byte b) {
    Value kind = b == '"' ? Value.EMPTY : Value.OTHER;
    found(id, kind);
    boolean isOfError = isOfError();
    boolean asked = findings.isAsked(id, open.size(), isOfError || isInError());
    findings.begins(id, b != '"', isOfError && !asked, error() != null);
    state = asked ? State.VALUE : State.STRING;
    value.begin(true);
    isInId = findings.idBegins(id, open.size(), b != '"');
    step(b);
  }

  private void string(byte b) {
    if (b == '"' && !escaped) {
      state = State.BETWEEN;
      id = UNKNOWN;
      endsId();
    } else {
      isOfId(b);
    }
    escaped = b == '\\' && !escaped;
  }

  private void isOfId(byte b) {
    if (isInId) {
      findings.data().idGoesOn(new byte[] {b}, 0, 1, false);
    }
  }

  private void endsId() {
    if (isInId) {
      findings.data().idGoesOn(new byte[0], 0, 0, true);
      isInId = false;
    }
  }

  private void value(byte b) {
    int taken = value.next(new byte[] {b}, 0, 1);
    if (!value.isComplete()) {
      isOfId(b);
      return;
    }
    state = State.BETWEEN;
    endsId();
    if (!value.isString()) {
      found(id, value.kind());
    }
    boolean isNumber = value.kind() == Value.NUMBER;
    if (id == Key.INDEX.number() && !open.isEmpty() && last().isChoice() && isNumber) {
      findings.data().choiceHasIndex(value.number());
    }
    if (isOfError()) {
      findings.error().says(id, value);
    }
    findings.complete(id, value, isOfTool() || isForeign() ? BEYOND_ALL : open.size(), isInError());
    id = UNKNOWN;
    if (taken == 0) {
      step(b);
    }
  }

  private void found(int key, Value kind) {
    Key known = DataKeys.key(key);
    boolean isOfPart = isInside(Key.CONTENT) && known == Key.TYPE;
    boolean fillsDelta = isInside(Key.DELTA) && known != Key.ROLE && !isOfPart;
    findings.found(key, kind, open.size(), fillsDelta);
    boolean isPiece = PIECES.stream().anyMatch(this::isInside);
    if (isPiece && ASIDE.stream().noneMatch(this::isInside)) {
      findings.foundInPiece(key, kind);
    }
  }

  private boolean isInside(Key key) {
    return open.stream().anyMatch(opened -> opened.key() == key);
  }

  private boolean isForeign() {
    return open.stream().anyMatch(Opened::isForeign);
  }

  private boolean isOfTool() {
    return open.stream().anyMatch(Opened::isOfTool);
  }

  /** The outermost one that is open; null if none is. */
  private @Nullable Opened error() {
    return open.stream().filter(opened -> opened.key() == Key.ERROR).findFirst().orElse(null);
  }

  private boolean isInError() {
    return error() != null && error() == last();
  }

  private boolean isOfError() {
    Opened error = error();
    return error != null ? error.isOwnError() : id == Key.ERROR.number() && isErrorsPlace();
  }

  /** Whether an error that stands here is the event's own, or one of its choices'. */
  private boolean isErrorsPlace() {
    if (isOfTool() || open.isEmpty()) {
      return false;
    }
    boolean isBeside = open.size() == 2 && last().key() == Key.X_GROQ && last().isObject();
    return open.size() == 1 || last().isChoice() || isBeside;
  }

  private Opened last() {
    return open.get(open.size() - 1);
  }

  Findings findings() {
    return findings;
  }

  boolean isWhole() {
    return begun && state == State.NOTHING && open.isEmpty();
  }

  int contentHash() {
    int sum = 0;
    for (int i = 0; i < hashed.length(); i++) {
      sum = 31 * sum + (byte) hashed.charAt(i);
    }
    return sum;
  }

  /** An object or a list that is open, and what it is. */
  private record Opened(
      @Nullable Key key,
      boolean isObject,
      boolean isChoice,
      boolean hasChoices,
      boolean isOwnError,
      boolean isForeign) {
    boolean isOfTool() {
      return key != null && key.isArguments();
    }
  }
}
