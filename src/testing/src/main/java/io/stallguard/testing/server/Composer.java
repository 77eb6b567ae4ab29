package io.stallguard.testing.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts a script together from a provider's events.
 *
 * <p>The events of the whole answer wait in {@code pending}; each method moves some of them into
 * the script. So a stall that resumes knows what is left.
 */
final class Composer {

  /**
   * Words of one, two, three and four bytes a letter, so that a cut may fall into the middle of a
   * letter.
   */
  private static final List<String> WORDS =
      List.of("The ", "naïve ", "stream ", "世界 ", "goes ", "on 🙂 ");

  private static final int BURST_TEXT_CHARS = 1024;
  private static final int HEARTBEATS = 5;

  /**
   * Below a limit of 3 s, and not such that one comes just when that is over: some clients close a
   * connection for a frame of a stream that they have reset.
   */
  private static final long EMPTY_FRAMES_MILLIS = 1_300;

  private final ScenarioSettings settings;
  private final WireDialect dialect;
  private final long periodMillis;
  private final Gaps gaps;
  private final Deque<byte[]> pending = new ArrayDeque<>();
  private final List<Step> steps = new ArrayList<>();
  private boolean headSent;
  private int deltasSent;

  Composer(WireDialect dialect, ScenarioSettings settings, long defaultPeriodMillis) {
    this.dialect = dialect;
    this.settings = settings;
    this.periodMillis = settings.number(ScenarioSettings.PERIOD_MS, defaultPeriodMillis);
    this.gaps = Gaps.of(settings, periodMillis);
    dialect.opening().forEach(this::enqueue);
    List<String> texts = texts();
    IntStream.range(0, texts.size()).forEach(i -> enqueue(dialect.delta(i, texts.get(i))));
    dialect.closing(texts.size(), String.join("", texts)).forEach(this::enqueue);
  }

  Composer head() {
    headSent = true;
    steps.add(Step.of(Step.Kind.HEAD));
    return this;
  }

  Composer opening() {
    return send(dialect.opening().size());
  }

  /** The pieces of text up to the stall. */
  Composer firstDeltas() {
    return deltas(Math.min(deltaCount(), (int) settings.number(ScenarioSettings.STALL_AFTER, 3)));
  }

  /** The pieces of text that are left. */
  Composer deltas() {
    return deltas(deltaCount() - deltasSent);
  }

  Composer halfEvent() {
    byte[] event = pending.remove();
    int half = event.length / 2;
    steps.add(Step.send(Step.Kind.PART, Arrays.copyOf(event, half)));
    pending.addFirst(Arrays.copyOfRange(event, half, event.length));
    return this;
  }

  Composer closing() {
    return send(pending.size());
  }

  /** What a provider says that has failed. */
  Composer error() {
    event(dialect.error());
    return this;
  }

  /** What comes after the end: another piece, and an end again. */
  Composer encore() {
    pause(periodMillis);
    event(dialect.delta(deltasSent, "encore"));
    dialect.closing(1, "encore").forEach(this::event);
    return this;
  }

  /** Another answer begins, and its first event breaks off. */
  Composer halfAgain() {
    List<String> opening = dialect.opening();
    String first = opening.isEmpty() ? dialect.delta(0, "again") : opening.get(0);
    byte[] event = dialect.encode(first);
    steps.add(Step.send(Step.Kind.PART, Arrays.copyOf(event, event.length / 2)));
    return this;
  }

  private void event(String event) {
    steps.add(Step.send(Step.Kind.EVENT, dialect.encode(event)));
  }

  Composer heartbeats() {
    steps.add(Step.send(Step.Kind.HEARTBEAT, dialect.encode(heartbeat())));
    steps.add(Step.pause(Math.max(1, periodMillis)));
    steps.add(Step.of(Step.Kind.AGAIN));
    return this;
  }

  /** A few heartbeats. */
  Composer someHeartbeats() {
    for (int i = 0; i < HEARTBEATS; i++) {
      pause(periodMillis);
      steps.add(Step.send(Step.Kind.EVENT, dialect.encode(heartbeat())));
    }
    return this;
  }

  /** Pieces of text that are progress, not heartbeats. */
  Composer untilOutage() {
    steps.add(Step.send(Step.Kind.HEARTBEAT, dialect.encode(dialect.delta(0, "on "))));
    steps.add(Step.pause(Math.max(1, periodMillis)));
    steps.add(Step.of(Step.Kind.OUTAGE));
    steps.add(Step.of(Step.Kind.AGAIN));
    return this;
  }

  Composer stall() {
    if (!settings.has(ScenarioSettings.RESUME_MS)) {
      return stay();
    }
    steps.add(Step.pause(settings.number(ScenarioSettings.RESUME_MS, 0)));
    return (headSent ? this : head()).closing().end();
  }

  Composer stay() {
    if (settings.has(ScenarioSettings.EMPTY_FRAMES)) {
      emptyFrames();
      steps.add(Step.pause(EMPTY_FRAMES_MILLIS));
      steps.add(Step.of(Step.Kind.AGAIN));
      return this;
    }
    steps.add(Step.of(Step.Kind.STAY));
    return this;
  }

  Composer end() {
    steps.add(Step.of(Step.Kind.END));
    return this;
  }

  Composer cut() {
    steps.add(Step.of(Step.Kind.CUT));
    return this;
  }

  /** Whether this is the one of many parallel streams that stalls. */
  boolean chosen() {
    return settings.number(ScenarioSettings.STREAM, 0)
        == settings.number(ScenarioSettings.STALL, 1);
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  private Composer deltas(int count) {
    for (int i = 0; i < count; i++) {
      if (deltasSent >= burstTexts()) {
        pause(gaps.millis(deltasSent - burstTexts()));
      }
      send(1);
      deltasSent++;
      if (settings.has(ScenarioSettings.EMPTY_FRAMES)) {
        emptyFrames();
      }
    }
    return this;
  }

  private void emptyFrames() {
    steps.add(Step.of(Step.Kind.EMPTY_FRAMES));
  }

  private void pause(long millis) {
    if (millis > 0) {
      steps.add(Step.pause(millis));
    }
  }

  private Composer send(int events) {
    for (int i = 0; i < events; i++) {
      steps.add(Step.send(Step.Kind.EVENT, pending.remove()));
    }
    return this;
  }

  private void enqueue(String event) {
    pending.add(dialect.encode(event));
  }

  private String heartbeat() {
    boolean comment = settings.text(ScenarioSettings.HEARTBEAT, "native").equals("comment");
    return comment ? ": keepalive\n\n" : dialect.heartbeat();
  }

  private int deltaCount() {
    return burstTexts() + gaps.count();
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    IntStream.range(0, burstTexts()).forEach(i -> texts.add("x".repeat(BURST_TEXT_CHARS)));
    IntStream.range(0, gaps.count()).forEach(i -> texts.add(WORDS.get(i % WORDS.size())));
    return texts;
  }

  private int burstTexts() {
    return (int) (settings.number(ScenarioSettings.BURST_BYTES, 0) / BURST_TEXT_CHARS);
  }
}
