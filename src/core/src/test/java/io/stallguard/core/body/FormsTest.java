package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form that is known, in whatever way it goes on, cut anywhere. */
class FormsTest {
  private static final int BEATS = 20;
  private static final Set<String> CALLS = Set.of("a2a", "a2a-1", "mcp-call");

  /** Those with an end that counts where a grace is set. */
  private static final Set<String> ENDS_ON_NO_PATH =
      Set.of("a2a", "ag-ui", "mcp-call", "spring-ai", "spring-ai-lines", "vercel-lines");

  static Stream<Named<Form>> forms() {
    return Form.all().stream().map(form -> Named.of(form.name(), form));
  }

  @Test
  void thereAreForms() {
    assertThat(Form.all()).hasSizeGreaterThan(55);
  }

  @Test
  void eachDialectThatHasPathsIsShownByAForm() {
    List<String> unshown =
        Dialects.all().stream()
            .filter(dialect -> !dialect.paths().isEmpty())
            .filter(dialect -> Form.all().stream().noneMatch(form -> dialect.isPath(form.path())))
            .map(Dialect::name)
            .toList();

    assertThat(unshown).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aWholeAnswerIsToldAsOneAndMarkedOnItsPath(Form form) {
    Told told = told(form, form.opening(), form.ending()).end();
    Answer answer = told.events().answer();

    assertThat(told.contradicted()).isFalse();
    assertThat(answer.isTruncated()).isFalse();
    assertThat(answer.mark()).isEqualTo(form.mark());
    assertThat(told.events().isDone())
        .isEqualTo(form.mark() != Mark.NONE || ENDS_ON_NO_PATH.contains(form.name()));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void onAnotherPathOnlyDoneAndErrorsAreMarked(Form form) {
    Told told = new Told(form.exchange("/relay/for/somebody"));
    told.chunk(form.opening(), 0, form.opening().length);
    told.chunk(form.ending(), 0, form.ending().length);
    boolean says = new String(form.ending(), UTF_8).contains("[DONE]");

    assertThat(told.events().answer().isTruncated()).isFalse();
    assertThat(told.events().answer().mark())
        .isEqualTo(says || isError(form) ? Mark.LONG : Mark.NONE);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void whatIsCutIsToldIfTheFormHasAnEnd(Form form) {
    Told told = told(form, form.opening()).end();

    assertThat(told.events().answer().isTruncated()).isEqualTo(form.hasEnd());
    assertThat(told.events().answer().mark())
        .isEqualTo(
            isError(form) && !form.hasEnd() && form.ending().length == 0 ? Mark.LONG : Mark.NONE);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void cutAnywhereInItsOpeningItIsNeverWhole(Form form) {
    for (int end = 0; end <= form.opening().length; end++) {
      Told told = new Told(form.exchange());
      told.chunk(form.opening(), 0, end);
      told.end();
      Answer answer = told.events().answer();

      assertThat(answer.isTruncated()).as("cut at %s", end).isEqualTo(answer.isShown());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void heartbeatsSayNothing(Form form) {
    Told told = told(form, form.opening());
    // The first may be a line end that belongs to what came before.
    told.chunk(form.heartbeat(), 0, form.heartbeat().length);
    String before = state(told);
    long heartbeats = told.events().heartbeats();
    long progress = told.events().progress();
    for (int i = 0; i < BEATS; i++) {
      told.chunk(form.heartbeat(), 0, form.heartbeat().length);
    }

    if (form.hasHeartbeats()) {
      assertThat(told.events().progress()).isEqualTo(progress);
      assertThat(told.events().heartbeats()).isEqualTo(heartbeats + BEATS);
    } else if (form.heartbeat().length > 0) {
      assertThat(told.events().progress()).isEqualTo(progress + BEATS);
    }
    assertThat(state(told)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void heartbeatsAfterTheEndChangeNothing(Form form) {
    Told told = told(form, form.opening(), form.ending());
    String before = state(told);
    if (form.hasHeartbeatsAfterTheEnd()) {
      for (int i = 0; i < BEATS; i++) {
        told.chunk(form.heartbeat(), 0, form.heartbeat().length);
      }
    }

    assertThat(state(told)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anErrorIsToldByItsKindAndMarkedEverywhere(Form form) {
    Told told = told(form, form.opening(), error(form)).end();
    Answer answer = told.events().answer();

    assertThat(answer.mark()).isEqualTo(Mark.LONG);
    assertThat(answer.error()).contains("busy").doesNotContain("secret");
    assertThat(answer.isTruncated()).isFalse();
    assertThat(answer.isCutShort()).isEqualTo(leavesHalf(form, answer));
  }

  /** Who has nothing but the error has all there is. */
  private static boolean leavesHalf(Form form, Answer answer) {
    return isOfAnswer(form) && answer.isShown() && answer.hasContent();
  }

  /** An error that a call brings is what it brings. */
  private static boolean isOfAnswer(Form form) {
    boolean known = form.hasEnd() || Dialects.isKnownPath(form.path());
    return known && !CALLS.contains(form.name());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anErrorThatAnAnswerFollowsWasAWarning(Form form) {
    Answer answer = told(form, error(form), form.opening(), form.ending()).end().events().answer();

    assertThat(answer.isCutShort()).isEqualTo(isError(form) && leavesHalf(form, answer));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void halfAnAnswerBehindAnotherIsCut(Form form) {
    byte[] opening = form.opening();
    int begun = 0;
    for (int end = 0; end <= opening.length; end++) {
      Told told = told(form, opening, form.ending());
      told.chunk(opening, 0, end);
      begun += told.end().events().answer().isTruncated() ? 1 : 0;
    }

    if (form.mayGoOn() && !CALLS.contains(form.name()) && !isError(form)) {
      assertThat(begun).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void whatMayFollowAnAnswerMayBreakOff(Form form) {
    byte[] beat = form.hasHeartbeatsAfterTheEnd() ? form.heartbeat() : new byte[0];
    Told whole = told(form, form.opening(), form.ending());
    whole.chunk(beat, 0, beat.length);

    Answer answer = whole.end().events().answer();

    assertThat(answer.isCutShort()).isEqualTo(isError(form) && leavesHalf(form, answer));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void cutsAtEveryPlaceChangeNothing(Form form) {
    byte[] all = join(form.opening(), form.heartbeat(), form.ending());
    String whole = summary(form, all, all.length);

    for (int cut = 0; cut < all.length; cut++) {
      assertThat(summary(form, all, cut)).as("cut at %s", cut).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void byteByByteChangesNothing(Form form) {
    byte[] all = join(form.opening(), form.heartbeat(), form.ending(), error(form));
    Told whole = told(form, all);
    Told bytes = new Told(form.exchange()).scan(all, 0, all.length);

    assertThat(bytes.summary() + state(bytes)).isEqualTo(whole.summary() + state(whole));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anAnswerThatFollowsAnotherIsOpenAgain(Form form) {
    Told told = told(form, form.opening(), form.ending(), form.opening()).end();

    assertThat(told.events().answer().isTruncated()).isEqualTo(form.mayGoOn());
  }

  private static boolean isError(Form form) {
    return form.name().contains("error");
  }

  /** How a provider that speaks like this says that it has failed. */
  static byte[] error(Form form) {
    String data = "{\"error\":{\"type\":\"busy_error\",\"message\":\"secret\"}}";
    if (form.type().startsWith("application/vnd.amazon")) {
      return AwsMessage.exception("busyException");
    }
    if (form.type().startsWith("text/event-stream")) {
      return ("data: " + data + "\n\n").getBytes(UTF_8);
    }
    return (form.name().equals("vercel-lines") ? "3:" + data + "\n" : data + "\n").getBytes(UTF_8);
  }

  private static Told told(Form form, byte[]... pieces) {
    Told told = new Told(form.exchange());
    for (byte[] piece : pieces) {
      told.chunk(piece, 0, piece.length);
    }
    return told;
  }

  private static String summary(Form form, byte[] bytes, int cut) {
    Told told = new Told(form.exchange());
    told.chunk(bytes, 0, cut);
    told.chunk(bytes, cut, bytes.length);
    return told.summary() + state(told);
  }

  private static String state(Told told) {
    Answer answer = told.events().answer();
    List<Object> state = new ArrayList<>();
    state.add(answer.mark());
    state.add(answer.isOpen());
    state.add(answer.isShown());
    state.add(answer.isTruncated());
    state.add(answer.hasContent());
    state.add(answer.isSubscription());
    state.add(answer.error());
    return state.toString();
  }

  private static byte[] join(byte[]... pieces) {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }
}
