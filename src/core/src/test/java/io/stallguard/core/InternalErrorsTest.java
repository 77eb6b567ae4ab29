package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InternalErrorsTest {
  private final List<String> log = new ArrayList<>();
  private final InternalErrors errors = new InternalErrors(log::add);

  @Test
  void thereAreNoneAtFirst() {
    assertThat(errors.count()).isZero();
  }

  @Test
  void aKindIsToldOnceAndCountedEachTime() {
    for (int i = 0; i < 5; i++) {
      errors.record("abort of okhttp", new IOException("broken " + i));
    }

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

    assertThat(log).hasSize(3);
  }

  @Test
  void aFloodIsCountedInFullAndToldInPart() {
    for (int i = 0; i < 1000; i++) {
      errors.record("place " + i, new IOException());
    }

    assertThat(errors.count()).isEqualTo(1000);
    assertThat(log).hasSize(101);
  }

  @Test
  void aLineStaysALine() {
    errors.record("a", new IOException("two\nlines" + "x".repeat(5000)));

    assertThat(log.get(0)).contains("two?lines").doesNotContain("\n").hasSizeLessThan(1100);
  }

  @Test
  void anErrorWithoutStackOrMessageIsToldAllTheSame() {
    IOException bare = new IOException();
    bare.setStackTrace(new StackTraceElement[0]);

    errors.record("a", bare);

    assertThat(log.get(0)).endsWith("a: java.io.IOException: null");
  }

  @Test
  void aLogThatFailsReachesNobody() {
    InternalErrors unheard =
        new InternalErrors(
            line -> {
              throw new IllegalStateException("disk full");
            });

    assertThatCode(() -> unheard.record("a", new IOException())).doesNotThrowAnyException();
    assertThat(unheard.count()).isEqualTo(1);
  }
}
