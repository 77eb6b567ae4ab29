package io.stallguard.testapp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testapp.AllClients.Callback;
import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testapp.ChaosVerdict.Kind;
import io.stallguard.testing.server.Scenario;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run of chaos takes for a fault, and what it does not. */
class ChaosJudgeTest {
  private static final String RELEASE = "E: idle limit of 3 s exceeded: no byte";
  private static final long LAST = MILLISECONDS.toNanos(100_000);
  private static final long FLUSH = MILLISECONDS.toNanos(2);
  private static final long LIMIT = ChaosJudge.LIMIT;

  private final ChaosHolds holds = new ChaosHolds();

  @Test
  void healthyStreamsArriveWhole() {
    ChaosStream stream = stream(Scenario.SLOW_BUT_ALIVE);

    assertThat(kind(stream, served(stream), whole(stream, "END"), 0)).isEqualTo(Kind.WHOLE);
    assertThat(kind(stream, served(stream), cut("END"), 0)).isEqualTo(Kind.BYTES);
    assertThat(kind(stream, served(stream), cut(RELEASE), 0)).isEqualTo(Kind.FALSE);
    assertThat(kind(stream, served(stream), cut("E: reset"), 0)).isEqualTo(Kind.FALSE);
    assertThat(kind(stream, served(stream), null, 0)).isEqualTo(Kind.FALSE);
  }

  @Test
  void aServerThatIsLateItselfIsNoProof() {
    ChaosStream stream = stream(Scenario.SLOW_BUT_ALIVE);
    ChaosServed late = new ChaosServed(true, 10, LAST, LAST + FLUSH, true, "");

    assertThat(kind(stream, late, cut(RELEASE), 0)).isEqualTo(Kind.SERVER_LATE);
    assertThat(kind(stream, late, cut("END"), 0)).isEqualTo(Kind.BYTES);
    assertThat(kind(stream, null, cut(RELEASE), 0)).isEqualTo(Kind.NOT_BEGUN);
  }

  @Test
  void deadStreamsAreReleasedWithAllThatCame() {
    ChaosStream stream = stream(Scenario.STALL_MID);
    long due = LAST + LIMIT;

    assertThat(kind(stream, served(stream), whole(stream, RELEASE), due)).isEqualTo(Kind.RELEASED);
    assertThat(kind(stream, served(stream), cut(RELEASE), due)).isEqualTo(Kind.BYTES);
    assertThat(kind(stream, served(stream), whole(stream, "E: reset"), due)).isEqualTo(Kind.ODD);
    assertThat(kind(stream, served(stream), null, 0)).isEqualTo(Kind.MISSED);
  }

  @Test
  void oneThatIsReleasedBeforeItDiesWasHealthy() {
    ChaosStream stream = stream(Scenario.STALL_MID);
    ChaosServed some = new ChaosServed(true, 10, LAST, LAST + FLUSH, false, "");

    assertThat(kind(stream, some, cut(RELEASE), LAST + LIMIT)).isEqualTo(Kind.FALSE);
  }

  @Test
  void aReleaseIsEarlyByANanosecond() {
    assertThat(released(LAST + LIMIT - 1)).isEqualTo(Kind.EARLY);
    assertThat(released(LAST + LIMIT)).isEqualTo(Kind.RELEASED);
  }

  @Test
  void aReleaseIsMissedAfterAGenerousBound() {
    assertThat(released(LAST + FLUSH + ChaosJudge.BOUND)).isEqualTo(Kind.RELEASED);
    assertThat(released(LAST + FLUSH + ChaosJudge.BOUND + 1)).isEqualTo(Kind.MISSED);
  }

  @Test
  void theBoundCountsFromTheEndOfWhatHeldTheReaderUp() {
    long end = LAST + 3 * LIMIT;
    holds.add(ChaosEvent.Kind.QUOTA, LAST + LIMIT, end);

    assertThat(released(end + ChaosJudge.BOUND)).isEqualTo(Kind.RELEASED);
    assertThat(released(end + ChaosJudge.BOUND + 1)).isEqualTo(Kind.MISSED);
  }

  @Test
  void whatHoldsOthersUpDoesNotMoveTheBound() {
    holds.add(ChaosEvent.Kind.POOL, LAST, LAST + 3 * LIMIT);

    assertThat(released(LAST + FLUSH + ChaosJudge.BOUND + 1)).isEqualTo(Kind.MISSED);
  }

  @Test
  void aStopGivesTheRestOfTheLimitAfterwards() {
    holds.add(ChaosEvent.Kind.STOP, LAST + LIMIT / 2, LAST + 2 * LIMIT);

    assertThat(released(LAST + 2 * LIMIT)).isEqualTo(Kind.EARLY);
    assertThat(released(LAST + 2 * LIMIT + LIMIT / 2)).isEqualTo(Kind.RELEASED);
  }

  @Test
  void aConsumerThatIsBusyWantsNothing() {
    ChaosStream stream = stream(Scenario.STALL_MID);
    holds.add(stream, LAST, LAST + LIMIT);

    assertThat(released(LAST + 2 * LIMIT - 1)).isEqualTo(Kind.EARLY);
    assertThat(released(LAST + 2 * LIMIT)).isEqualTo(Kind.RELEASED);
  }

  private Kind released(long nanos) {
    ChaosStream stream = stream(Scenario.STALL_MID);
    return kind(stream, served(stream), whole(stream, RELEASE), nanos);
  }

  private Kind kind(
      ChaosStream stream,
      @Nullable ChaosServed served,
      @Nullable Outcome outcome,
      long releasedNanos) {
    return new ChaosJudge(holds).judge(stream, served, outcome, releasedNanos).kind();
  }

  private static ChaosStream stream(Scenario fate) {
    Way way = new Way("OkHttpProbe/blocking", Protocol.H1, Callback.NONE);
    return new ChaosStream("id", way, false, true, fate, "", 0, 0, 1);
  }

  private static ChaosServed served(ChaosStream stream) {
    return new ChaosServed(true, stream.bodyBytes(), LAST, LAST + FLUSH, false, "");
  }

  private static Outcome whole(ChaosStream stream, String ending) {
    return new Outcome("id", 0, stream.bodyBytes(), stream.expected(true), ending);
  }

  private static Outcome cut(String ending) {
    return new Outcome("id", 0, 10, Outcome.sha256(new byte[10]), ending);
  }
}
