package io.stallguard.instrumentation.ktor.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class OwnCauseTest {
  private static final EOFException OURS = new EOFException("stream truncated: ended 1 s after");
  private static final IOException WRAPPED = new IOException("closed", OURS);

  @Test
  void findsWhatIsOursHoweverItWasWrapped() {
    assertThat(own(OURS)).isSameAs(OURS);
    assertThat(own(new IOException(WRAPPED))).isSameAs(OURS);
    assertThat(own(new CancellationException().initCause(OURS))).isSameAs(OURS);
  }

  @Test
  void leavesOthersAndCancellationsAlone() {
    assertThat(own(new EOFException("unexpected end"))).isNull();
    assertThat(own(new EOFException())).isNull();
    assertThat(own(new CancellationException().initCause(new IOException()))).isNull();
  }

  @Test
  void comesToAnEndWithCausesThatDoNot() {
    IOException first = new IOException("first");
    first.initCause(new IOException(first));

    assertThat(own(first)).isNull();
  }

  private static Object own(Throwable cause) {
    return new OwnCause(null).apply(new Object[] {"reader", "failure", null, cause});
  }
}
