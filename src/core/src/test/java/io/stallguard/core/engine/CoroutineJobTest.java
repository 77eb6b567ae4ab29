package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import kotlinx.coroutines.CoroutineScope;
import org.junit.jupiter.api.Test;

/** Consumers of coroutines, where nothing of Kotlin but the scope is there. */
class CoroutineJobTest {
  @Test
  void whoIsNoCoroutinesHasNone() {
    assertThat(CoroutineJob.of(new Object())).isNull();
    assertThat(CoroutineJob.of(new Holder(new Object()))).isNull();
  }

  @Test
  void whatCannotBeLookedUpIsNotKnown() {
    CoroutineJob job = CoroutineJob.of(new Reader());

    assertThat(job).isNotNull();
    assertThat(job.isUnknown()).isTrue();
    assertThat(job.isOver()).isFalse();
  }

  @Test
  void whoPassesOnToAScopeOfItsOwnWorksForIt() {
    assertThat(CoroutineJob.of(new PassingOn(new Reader()))).isNotNull();
  }

  @Test
  void aScopeOfSomebodyElseMeansNothing() {
    assertThat(CoroutineJob.of(new Foreign(() -> "context"))).isNull();
  }

  private static final class Holder {
    final Object held;

    Holder(Object held) {
      this.held = held;
    }
  }

  private static final class Reader implements CoroutineScope {
    @Override
    public Object getCoroutineContext() {
      return "context";
    }
  }

  private static final class PassingOn {
    final Reader reader;

    PassingOn(Reader reader) {
      this.reader = reader;
    }
  }

  private static final class Foreign {
    final CoroutineScope scope;

    Foreign(CoroutineScope scope) {
      this.scope = scope;
    }
  }
}
