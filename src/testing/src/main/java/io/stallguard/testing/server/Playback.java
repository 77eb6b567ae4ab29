package io.stallguard.testing.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * A script on its way to the client, one step after the other, each flushed before the next begins.
 *
 * <p>No thread is held between steps. A write in progress fails by itself when the peer goes away;
 * a pause or an endless wait is failed from outside, by whichever comes first of: timer, reset of
 * the stream, end of the connection. {@code waiting} decides between them. A failure that comes
 * while no step waits is kept in {@code failure} for the next step that would wait.
 */
final class Playback extends IteratingCallback {

  /**
   * Nothing but the end is awaited; a client that sends more is pipelining, which the kit doesn't
   * serve.
   */
  private static final int PEEK_BYTES = 1024;

  /** So little that nobody's window is used up by it. */
  private static final int PADDING = 100;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Script script;
  private final SeenExchange exchange;
  private final ExchangeLog log;
  private final ScheduledExecutorService timer;
  private final BooleanSupplier outage;
  private final BodyCoding coding;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile @Nullable Throwable failure;
  private int next;
  private int latestHeartbeat;
  private Runnable onSent = () -> {};

  Playback(
      Request request,
      Response response,
      Callback callback,
      Script script,
      SeenExchange exchange,
      Backstage stage) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.script = script;
    this.exchange = exchange;
    this.log = stage.log();
    this.timer = stage.timer();
    this.outage = stage.outage();
    this.coding = BodyCoding.of(script.gzip());
  }

  void start() {
    request.addFailureListener(this::peerGone);
    iterate();
  }

  @Override
  protected Action process() {
    if (next == script.steps().size()) {
      return Action.SUCCEEDED;
    }
    Step step = script.steps().get(next++);
    return switch (step.kind()) {
      case HEAD -> head();
      case EVENT, PART, HEARTBEAT -> send(step);
      case EMPTY_FRAMES -> emptyFrames();
      case PAUSE -> pause(step.millis());
      case OUTAGE -> outage.getAsBoolean() ? stay() : process();
      case AGAIN -> again();
      case STAY -> stay();
      case END -> end();
      case CUT -> cut();
    };
  }

  @Override
  protected void onSuccess() {
    Runnable sent = onSent;
    onSent = () -> {};
    sent.run();
    log.changed();
  }

  @Override
  protected void onCompleteSuccess() {
    // The exchange is recorded first: a client that has the end of the body may ask for it at once.
    exchange.ended(SeenEnding.COMPLETED);
    log.changed();
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    exchange.ended(SeenEnding.CLOSED);
    log.changed();
    callback.failed(cause);
  }

  private Action head() {
    response.setStatus(script.status());
    script.headers().forEach(response.getHeaders()::put);
    return write(new byte[0], exchange::headSent);
  }

  private Action send(Step step) {
    if (step.kind() == Step.Kind.HEARTBEAT) {
      latestHeartbeat = next - 1;
    }
    byte[] encoded = coding.encode(step.bytes());
    return write(encoded, () -> exchange.sent(encoded.length, step.kind() != Step.Kind.PART));
  }

  private Action emptyFrames() {
    latestHeartbeat = next - 1;
    if (exchange.stream() == 0) {
      return process();
    }
    Runnable padded = () -> EmptyFrame.send(request, PADDING, this);
    EmptyFrame.send(request, 0, Callback.from(padded, this::failed));
    return Action.SCHEDULED;
  }

  private Action write(byte[] bytes, Runnable onSent) {
    this.onSent = onSent;
    exchange.sending();
    response.write(false, ByteBuffer.wrap(bytes), this);
    return Action.SCHEDULED;
  }

  private Action end() {
    response.write(true, ByteBuffer.wrap(coding.finish()), this);
    return Action.SCHEDULED;
  }

  private Action cut() {
    exchange.ended(SeenEnding.CUT);
    endPoint().close();
    failed(new EofException("closed"));
    return Action.SCHEDULED;
  }

  private Action again() {
    next = latestHeartbeat;
    return process();
  }

  private Action pause(long millis) {
    beginWait();
    Future<?> unused = timer.schedule(this::timeOver, millis, TimeUnit.MILLISECONDS);
    return Action.SCHEDULED;
  }

  private Action stay() {
    beginWait();
    if (exchange.stream() == 0) {
      watchConnection();
    }
    return Action.SCHEDULED;
  }

  private void beginWait() {
    waiting.set(true);
    Throwable before = failure;
    if (before != null) {
      peerGone(before);
    }
  }

  private void timeOver() {
    if (waiting.compareAndSet(true, false)) {
      succeeded();
    }
  }

  private void peerGone(Throwable cause) {
    failure = cause;
    if (waiting.compareAndSet(true, false)) {
      failed(cause);
    }
  }

  /**
   * Looks for the end of an HTTP/1.1 connection, which Jetty reads no more while an exchange is
   * open. Only for a wait that never ends: otherwise this interest would be in the way of Jetty's
   * own.
   */
  private void watchConnection() {
    endPoint().tryFillInterested(Callback.from(this::readable, this::peerGone));
  }

  private void readable() {
    try {
      if (endPoint().fill(BufferUtil.allocate(PEEK_BYTES)) < 0) {
        peerGone(new EofException("closed"));
      } else {
        watchConnection();
      }
    } catch (IOException e) {
      peerGone(e);
    }
  }

  private EndPoint endPoint() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}
