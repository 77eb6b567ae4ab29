package io.stallguard.core.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotedErrorsTest {
  private static final String PLACE = "watchdog";

  private final NotedErrors errors = new NotedErrors();
  private final List<String> taken = new ArrayList<>();

  @Test
  void theFirstOfAKindIsKeptAndAllAreCounted() {
    errors.note(PLACE, new IOException("first"));
    errors.note(PLACE, new IOException("second"));
    errors.note(PLACE, new OutOfMemoryError("heap"));
    errors.note("abort", new IOException("third"));

    assertThat(errors.pending()).isEqualTo(4);
    takeAll();
    assertThat(taken).containsExactly("watchdog first 2", "watchdog heap 1", "abort third 1");
    assertThat(errors.pending()).isZero();
  }

  @Test
  void whatWasTakenIsForgotten() {
    errors.note(PLACE, new IOException("first"));
    takeAll();
    takeAll();
    errors.note(PLACE, new IOException("second"));
    takeAll();

    assertThat(taken).containsExactly("watchdog first 1", "watchdog second 1");
  }

  @Test
  void moreKindsThanHavePlaceAreCounted() {
    for (int i = 0; i < 100; i++) {
      errors.note(new String("place"), new IOException("one"));
    }

    assertThat(errors.pending()).isEqualTo(100);
    takeAll();
    assertThat(taken).hasSize(17).last().asString().endsWith(" 84");
    assertThat(errors.pending()).isZero();
  }

  @Test
  void toNoteAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    OutOfMemoryError heap = new OutOfMemoryError("heap");
    IOException other = new IOException("other");
    note(heap, other);

    long before = threads.getThreadAllocatedBytes(self);
    long without = threads.getThreadAllocatedBytes(self) - before;
    before = threads.getThreadAllocatedBytes(self);
    note(heap, other);
    long with = threads.getThreadAllocatedBytes(self) - before;

    assertThat(with).isLessThanOrEqualTo(without);
  }

  private void note(Throwable one, Throwable other) {
    for (int i = 0; i < 20; i++) {
      errors.note(PLACE, one);
      errors.note(PLACE, other);
    }
  }

  private void takeAll() {
    errors.takeAll(
        (place, first, count) -> taken.add(place + " " + first.getMessage() + " " + count));
  }
}
