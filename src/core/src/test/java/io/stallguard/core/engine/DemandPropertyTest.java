package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Demand against a model of two variables: what is owed, and whether a signal is under way. */
class DemandPropertyTest {
  /** Stands for a delivery or the end of one, whichever is next; anything else is a request. */
  private static final long SIGNAL = 0;

  private static final BigInteger UNBOUNDED = BigInteger.ONE.shiftLeft(62).subtract(BigInteger.ONE);

  @Property(tries = 500)
  void theGuardWaitsExactlyWhileSomethingIsOwedAndNothingIsBeingDelivered(
      @ForAll("steps") List<Long> steps) {
    Guard guard = new Rig("idle=1s").open();
    Demand demand = new Demand(guard);
    BigInteger owed = BigInteger.ZERO;
    boolean busy = true;

    for (long step : steps) {
      if (step != SIGNAL) {
        demand.requested(step);
        owed = owed.add(BigInteger.valueOf(step)).min(UNBOUNDED);
      } else if (busy) {
        demand.delivered();
        busy = false;
      } else {
        demand.delivering(1);
        busy = true;
        owed = owed.equals(UNBOUNDED) ? owed : owed.subtract(BigInteger.ONE).max(BigInteger.ZERO);
      }

      boolean waiting = GuardWord.isWaiting(guard.word());
      assertThat(waiting).isEqualTo(!busy && owed.signum() > 0);
    }
  }

  @Provide
  Arbitrary<Long> step() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.just(SIGNAL)),
        Tuple.of(3, Arbitraries.longs().between(1, 3)),
        Tuple.of(1, Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE / 2, 1L << 61)));
  }

  @Provide
  Arbitrary<List<Long>> steps() {
    return step().list().ofMaxSize(60);
  }
}
