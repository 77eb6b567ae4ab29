package io.stallguard.benchmarks;

import io.stallguard.core.engine.Guard;
import io.stallguard.instrumentation.reactornetty.helpers.GuardedReceivers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Elements of a Reactor stream on their way to a consumer that takes them one by one: bare, with
 * Reactor's timeout between two elements, and guarded.
 */
@State(Scope.Thread)
public class FluxRead {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final byte[] piece = MemoryStream.event();
  private final CoreSubscriber<? super Object> bare = subscribed(flux -> flux);
  private final CoreSubscriber<? super Object> timed = subscribed(flux -> flux.timeout(TIMEOUT));
  private final Guard guard = Streams.guard();
  private final CoreSubscriber<Object> guarded =
      GuardedReceivers.subscribed(new Consumer(), Operators.emptySubscription(), guard);

  private static CoreSubscriber<? super Object> subscribed(UnaryOperator<Flux<Object>> operator) {
    Source source = new Source();
    operator.apply(source).subscribe(new Consumer());
    return source.subscriber;
  }

  @Benchmark
  public void bare() {
    bare.onNext(piece);
  }

  @Benchmark
  public void timeout() {
    timed.onNext(piece);
  }

  /** With what the handler in Netty's pipeline tells the guard of a client that reads ahead. */
  @Benchmark
  public void guarded() {
    guard.scan(piece, 0, piece.length);
    guard.buffered(piece.length);
    guarded.onNext(piece);
  }

  /** Whoever subscribes is told by the benchmark. */
  private static final class Source extends Flux<Object> {
    private CoreSubscriber<? super Object> subscriber = Operators.emptySubscriber();

    @Override
    public void subscribe(CoreSubscriber<? super Object> actual) {
      subscriber = actual;
      subscriber.onSubscribe(Operators.emptySubscription());
    }
  }

  /** Asks for the next when it has one. */
  private static final class Consumer extends BaseSubscriber<Object> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    protected void hookOnNext(Object value) {
      request(1);
    }
  }
}
