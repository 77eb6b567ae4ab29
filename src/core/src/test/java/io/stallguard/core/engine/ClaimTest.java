package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a claim lasts, and for whom. */
class ClaimTest {
  @AfterEach
  void end() {
    Claim claim = Claim.begin();
    if (claim != null) {
      claim.run();
    }
  }

  @Test
  void lastsUntilItsEnd() {
    assertThat(Claim.isThere()).isFalse();

    Claim claim = Claim.begin();
    assertThat(claim).isNotNull();
    assertThat(Claim.isThere()).isTrue();

    claim.run();
    assertThat(Claim.isThere()).isFalse();
  }

  @Test
  void isOneForWhatIsSentWithinIt() {
    Claim claim = Claim.begin();
    assertThat(claim).isNotNull();

    assertThat(Claim.begin()).isNull();

    assertThat(Claim.isThere()).isTrue();
    claim.run();
  }

  /** A stack overflow may have kept its end away. */
  @Test
  void doesNotOutliveWhoHasBegunIt() {
    beginAndForget();
    assertThat(Claim.begin()).isNull();

    while (Claim.isThere()) {
      System.gc();
    }

    Claim next = Claim.begin();
    assertThat(next).isNotNull();
    next.run();
  }

  private static void beginAndForget() {
    Claim claim = Claim.begin();
    assertThat(claim).isNotNull();
  }

  @Test
  void knowsThatItsExchangeIsGuarded() {
    Claim.guarded();
    Claim claim = Claim.begin();
    assertThat(claim).isNotNull();
    assertThat(claim.isGuarded()).isFalse();

    Claim.guarded();

    assertThat(claim.isGuarded()).isTrue();
    claim.run();
  }

  @Test
  void isItsThreadsAlone() {
    Claim claim = Claim.begin();
    assertThat(claim).isNotNull();

    assertThat(CompletableFuture.supplyAsync(Claim::isThere).join()).isFalse();

    claim.run();
  }
}
