package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stallguard.core.engine.InternalErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InternalErrorsTest {
  private final List<String> log = new ArrayList<>();
  private final InternalErrors errors = new InternalErrors();

  @Test
  void thereAreNoneAtFirst() {
    assertThat(errors.count()).isZero();
  }

  @Test
  void aKindIsToldOnceAndCountedEachTime() {
    for (int i = 0; i < 5; i++) {
      errors.record("abort of okhttp", new IOException("broken " + i));
    }

    errors.tell(log::add);
    errors.tell(log::add);
    assertThat(errors.count()).isEqualTo(5);
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith(
            "internal error, the app is not affected: abort of okhttp: java.io.IOException: broken 0"
                + " at io.stallguard.core.InternalErrorsTest.");
  }

  @Test
  void anotherPlaceOrAnotherTypeIsAnotherKind() {
    errors.record("a", new IOException());
    errors.record("b", new IOException());
    errors.record("a", new IllegalStateException());

    errors.tell(log::add);
    assertThat(log).hasSize(3);
  }

  @Test
  void aFloodIsCountedInFullAndToldInPart() {
    for (int i = 0; i < 1000; i++) {
      errors.record("place " + i, new IOException());
    }

    errors.tell(log::add);
    assertThat(errors.count()).isEqualTo(1000);
    assertThat(log).hasSize(101);
  }

  @Test
  void aLineStaysALine() {
    errors.record("a", new IOException("two\nlines" + "x".repeat(5000)));

    errors.tell(log::add);
    assertThat(log.get(0)).contains("two?lines").doesNotContain("\n").hasSizeLessThan(1100);
  }

  @Test
  void anErrorWithoutStackOrMessageIsToldAllTheSame() {
    IOException bare = new IOException();
    bare.setStackTrace(new StackTraceElement[0]);

    errors.record("a", bare);

    errors.tell(log::add);
    assertThat(log.get(0)).endsWith("a: java.io.IOException: null");
  }

  @Test
  void aLogThatFailsReachesNobody() {
    errors.record("a", new IOException());

    assertThatCode(
            () ->
                errors.tell(
                    line -> {
                      throw new IllegalStateException("disk full");
                    }))
        .doesNotThrowAnyException();
    assertThat(errors.count()).isEqualTo(1);
  }

  @Test
  void whoMeetsAnErrorWritesNothing() {
    errors.record("a", new IOException());
    errors.note("b", new IOException());

    assertThat(log).isEmpty();
    assertThat(errors.isPending()).isTrue();
    assertThat(errors.count()).isEqualTo(2);
  }

  @Test
  void whatWasOnlyNotedIsToldLikeTheRest() {
    IOException first = new IOException("first");

    errors.note("a", first);
    errors.note("a", new IOException("second"));
    errors.note("a", new OutOfMemoryError());
    errors.tell(log::add);
    errors.note("a", new IOException("third"));
    errors.tell(log::add);

    assertThat(errors.count()).isEqualTo(4);
    assertThat(log).hasSize(2);
    assertThat(log.get(0) + log.get(1)).contains("a: java.io.IOException: first", "OutOfMemory");
  }
}
