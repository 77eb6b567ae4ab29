package io.stallguard.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final long PATIENCE = 100;

  private final List<Look> asked = new ArrayList<>();
  private final Looks looks = new Looks(this::ask, failure -> {}, PATIENCE);

  /** Asked for again while it is asked, as by the thread that comes next. */
  private void ask(Look look) {
    asked.add(look);
    if (asked.size() == 1) {
      assertThat(looks.next(PATIENCE, 1, true)).isEqualTo(Looks.Step.ASK);
      looks.run();
    }
  }

  @Test
  void aLookThatHangsIsNotAskedASecondTime() {
    assertThat(looks.next(0, 1, true)).isEqualTo(Looks.Step.ASK);
    looks.run();

    assertThat(asked).hasSize(1);
  }

  @Test
  void aLookThatWasNotAnsweredIsAskedAgain() {
    looks.next(0, 1, true);
    looks.run();

    assertThat(looks.next(2 * PATIENCE, 1, true)).isEqualTo(Looks.Step.ASK);
    looks.run();

    assertThat(asked).hasSize(2).containsOnly(asked.get(0));
  }
}
