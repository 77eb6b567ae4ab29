package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Claim;
import io.stallguard.core.engine.Decision;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Headroom;
import io.stallguard.core.engine.SilentConnection;
import io.stallguard.core.wire.NothingDoneException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Follows the exchanges of one channel and guards the heads and bodies that are to be guarded. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's own handlers pass on promises as well.
final class GuardHandler extends ChannelDuplexHandler {
  // Everything here runs on the channel's event loop. Between two guarded bodies a message costs a
  // field read and a test of its type; a message is never changed, copied or kept.

  private static final String BLOCKING = "io.netty.channel.socket.oio.";

  private final Surroundings surroundings;
  private final Messages messages;

  /** Requests whose responses are still to come; more than one if the app pipelines. */
  private final Queue<RequestHead> requests = new ArrayDeque<>(2);

  private @Nullable AwaitedHead head;
  private @Nullable IncomingBody body;

  /** Whether a read() of the client's own, and not Netty's, has brought nothing yet. */
  private boolean readSent;

  private boolean over;
  private boolean endDue;

  /** What was decided and is not done to its end; null if nothing is. */
  private @Nullable Owed owed;

  GuardHandler(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.messages = surroundings.messages();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    RequestHead request = messages.request(message);
    if (request != null) {
      requested(request);
    }
    if (surroundings.engine().limitsHeads() && messages.isLast(message)) {
      context.write(message, Sent.then(promise, context, () -> requestSent(context)));
    } else {
      context.write(message, promise);
    }
  }

  /** A request is on its way. */
  void requested(RequestHead request) {
    requests.add(request);
  }

  /** Claims what is written now, as it is guarded here, also over the JDK's blocking sockets. */
  @Override
  public void flush(ChannelHandlerContext context) {
    Claim claim =
        context.channel().getClass().getName().startsWith(BLOCKING) ? Claim.begin() : null;
    try {
      context.flush();
    } finally {
      if (claim != null) {
        claim.run();
      }
    }
  }

  /** Begins the wait for a head; pipelined requests have to wait for each other's answers. */
  private void requestSent(ChannelHandlerContext context) {
    RequestHead request = requests.peek();
    if (request == null || requests.size() > 1 || body != null || over || context.isRemoved()) {
      return;
    }
    try {
      if (surroundings.isUnguarded(context.pipeline())) {
        return;
      }
      Guard guard =
          surroundings
              .engine()
              .awaitHead(
                  Exchanges.of(context, request), abort(context), messages.lane(context.channel()));
      head =
          guard == null ? null : new AwaitedHead(guard, context.channel().config(), () -> readSent);
    } catch (Throwable t) {
      // Unguarded is what the app asked for.
      surroundings.engine().errors().record("request of netty", t);
    }
  }

  private BodyAbort abort(ChannelHandlerContext context) {
    return new BodyAbort(this, context, surroundings.engine().errors());
  }

  @Override
  public void read(ChannelHandlerContext context) {
    readSent = !context.channel().config().isAutoRead();
    if (body != null) {
      body.read();
    }
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    readSent = false;
    if (over) {
      ReferenceCountUtil.release(message);
    } else if (body != null) {
      readBody(context, body, message);
    } else {
      readHead(context, message);
    }
  }

  private void readHead(ChannelHandlerContext context, Object message) {
    ResponseHead response = messages.response(message);
    if (response == null || response.isInterim()) {
      if (head != null && response != null) {
        head.informed();
      }
      context.fireChannelRead(message);
    } else if (isConcluded(context, null)) {
      ReferenceCountUtil.release(message);
    } else {
      takeHead(context, message, response);
    }
  }

  private void takeHead(ChannelHandlerContext context, Object message, ResponseHead response) {
    RequestHead request = requests.poll();
    body = request == null ? null : open(context, request, response);
    context.fireChannelRead(message);
    if (response.switches(request) && !context.isRemoved()) {
      context.pipeline().remove(this);
    }
  }

  private @Nullable IncomingBody open(
      ChannelHandlerContext context, RequestHead request, ResponseHead response) {
    if (!response.hasBody(request) || response.switches(request)) {
      return null;
    }
    try {
      if (surroundings.isUnguarded(context.pipeline())) {
        return null;
      }
      Guard guard =
          surroundings
              .engine()
              .openUnseen(
                  Exchanges.of(context, request, response),
                  abort(context),
                  messages.lane(context.channel()));
      return guard == null ? null : body(context, guard);
    } catch (Throwable t) {
      // The body unguarded is what the app asked for.
      surroundings.engine().errors().record("handler of netty", t);
      return null;
    }
  }

  private IncomingBody body(ChannelHandlerContext context, Guard guard) {
    ChannelPipeline pipeline = context.pipeline();
    if (surroundings.isCollected(context.channel())) {
      guard.collected();
    }
    return new IncomingBody(
        guard,
        context.channel().config(),
        new Reader(surroundings, pipeline, guard),
        Surroundings.isReactor(pipeline) ? context.channel().attr(surroundings.guard()) : null);
  }

  private void readBody(ChannelHandlerContext context, IncomingBody current, Object message) {
    ByteBuf bytes = messages.bytes(message);
    if (bytes != null) {
      current.delivering(bytes);
    }
    if (!messages.isLast(message)) {
      context.fireChannelRead(message);
    } else if (current.guard().completed() == BodyEnd.NORMAL) {
      forget(current);
      context.fireChannelRead(message);
    } else {
      readLastBytes(context, message, bytes);
      conclude(context, current, null);
    }
  }

  /** Another end was decided before this one came: the app gets the bytes, and then that. */
  private void readLastBytes(
      ChannelHandlerContext context, Object message, @Nullable ByteBuf bytes) {
    if (bytes != null && bytes.isReadable()) {
      context.fireChannelRead(messages.notLast(message));
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    if (body != null) {
      body.turnEnded();
    }
  }

  /** Whether the server is kept from sending by what others have not taken. */
  boolean isHeldUp(ChannelHandlerContext context) {
    // Heads come whatever the windows are; so below.
    return body != null && messages.isHeldUpByOthers(context.channel());
  }

  /** Whether the server may have been kept from sending until just now. */
  boolean mayHaveBeenHeldUp(ChannelHandlerContext context) {
    return body != null && messages.isShared(context.channel());
  }

  /** What others do on its connection: see {@link Messages#sharedWindow}. */
  int sharedWindow(ChannelHandlerContext context) {
    return messages.sharedWindow(context.channel());
  }

  /** Decides: if the app waits for this now, it is a stall, and the exchange is ended at once. */
  void decide(ChannelHandlerContext context, Guard guard, Decision decision) {
    Watched current = watched(guard);
    if (current == null || !current.isWanted()) {
      decision.drop();
    } else if (isHeldUp(context)) {
      decision.noRoom();
    } else if (decision.take()) {
      concludeIfRoom(context, current);
    }
  }

  /** What is waited for now, if it is this. */
  private @Nullable Watched watched(Guard guard) {
    Watched current = watched();
    return current == null || current.guard() != guard ? null : current;
  }

  private @Nullable Watched watched() {
    return body != null ? body : head;
  }

  /** The stream is over by decision; but it may have ended by that, and another begun. */
  void abort(ChannelHandlerContext context, Guard guard) {
    Watched current = watched(guard);
    if (current != null) {
      concludeIfRoom(context, current);
    } else if (owed != null && owed.isOf(guard) && Headroom.isThere()) {
      owed.tellAgain();
      settle(context);
    }
  }

  /**
   * Ends the exchange, or leaves it to the next abort: without memory the client would tell nobody.
   */
  private void concludeIfRoom(ChannelHandlerContext context, Watched current) {
    if (Headroom.isThere()) {
      conclude(context, current, null);
    }
  }

  /** Ends a stream whose loop has ended, and with it the channels, before it could do so. */
  void abortWithoutLoop(ChannelHandlerContext context, Guard guard) throws Exception {
    Watched current = watched(guard);
    if (guard.isEnded()) {
      throw new NothingDoneException("its event loop has ended, and tells no end");
    }
    if (current != null) {
      EndedLoop.tell(context.pipeline(), this, failure(context, current, null));
      forget(current);
      guard.released();
    }
  }

  /** Ends the exchange as was decided: what else comes on the channel is for nobody. */
  private void conclude(ChannelHandlerContext context, Watched current, @Nullable Throwable cause) {
    Guard guard = current.guard();
    // First of all: where there is no memory for it, the body is to be found when it is tried
    // again.
    Throwable failure = guard.isEnded() ? null : failure(context, current, cause);
    owed = surroundings.owed(guard, failure, context.channel());
    forget(current);
    over = true;
    if (SilentConnection.isOf(guard)) {
      // Before the app is told, which may ask again at once.
      messages.retireConnection(context.channel());
    }
    if (failure == null) {
      endDue = true;
    } else {
      context.fireExceptionCaught(failure);
    }
    settle(context);
  }

  private void settle(ChannelHandlerContext context) {
    context.close();
    if (owed != null && owed.isDone()) {
      surroundings.isDone(owed);
      owed = null;
    }
  }

  private Throwable failure(
      ChannelHandlerContext context, Watched current, @Nullable Throwable cause) {
    boolean aws = surroundings.isAws(context.pipeline());
    return surroundings.failures().of(current.guard(), aws, current.isBegun(), cause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!isConcluded(context, cause)) {
      context.fireExceptionCaught(cause);
    }
  }

  /** Only now the app sees a normal end: before, its pool would have got the live connection. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    isConcluded(context, null);
    if (endDue) {
      endDue = false;
      context.fireChannelRead(messages.end());
      context.fireChannelReadComplete();
    }
    context.fireChannelInactive();
  }

  /** Whether the end of the wait was decided before, so that this is what the app is told. */
  private boolean isConcluded(ChannelHandlerContext context, @Nullable Throwable cause) {
    Watched current = watched();
    if (current == null) {
      return false;
    }
    if (!current.guard().isDecided() && current.guard().finished()) {
      forget(current);
      return false;
    }
    conclude(context, current, cause);
    return true;
  }

  /** The app gives up and closes the channel: whoever closes wants the end, and gets it. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    finish();
    context.close(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    finish();
  }

  private void finish() {
    Watched current = watched();
    if (current != null) {
      forget(current);
      current.guard().finished();
    }
  }

  private void forget(Watched current) {
    head = null;
    body = null;
    current.end();
  }
}
