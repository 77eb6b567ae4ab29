package io.stallguard.testing;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A test whose failure came of another one, for {@link FailureNotesTest}. */
class CausedExample {
  @Test
  void failsBecauseOfSomethingElse() {
    throw new IllegalStateException("what was seen", new IOException("what it came of"));
  }
}
