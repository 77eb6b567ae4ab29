package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.stallguard.core.Guard;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Follows the exchanges of one channel and guards the bodies that are to be guarded. */
final class GuardHandler extends ChannelDuplexHandler {
  // Everything here runs on the channel's event loop. Between two guarded bodies a message costs a
  // field read and a test of its type; a message is never changed, copied or kept.

  private final Surroundings surroundings;
  private final HttpMessages messages;

  /** Requests whose responses are still to come; more than one if the app pipelines. */
  private final Queue<RequestHead> requests = new ArrayDeque<>(2);

  private @Nullable GuardedBody body;
  private boolean aborted;

  GuardHandler(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.messages = surroundings.messages();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    RequestHead request = messages.request(message);
    if (request != null) {
      requests.add(request);
    }
    context.write(message, promise);
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (body != null) {
      body.read();
    }
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (aborted) {
      ReferenceCountUtil.release(message);
    } else if (body != null) {
      readBody(context, body, message);
    } else {
      readHead(context, message);
    }
  }

  private void readHead(ChannelHandlerContext context, Object message) {
    ResponseHead head = messages.response(message);
    if (head == null || head.isInterim()) {
      context.fireChannelRead(message);
      return;
    }
    RequestHead request = requests.poll();
    body = request == null ? null : open(context, request, head);
    context.fireChannelRead(message);
    if (head.switches(request) && !context.isRemoved()) {
      context.pipeline().remove(this);
    }
  }

  private @Nullable GuardedBody open(
      ChannelHandlerContext context, RequestHead request, ResponseHead head) {
    if (!head.hasBody(request) || head.switches(request)) {
      return null;
    }
    try {
      Guard guard =
          surroundings
              .engine()
              .open(
                  Exchanges.of(context, request, head),
                  new BodyAbort(this, context));
      return guard == null ? null : new GuardedBody(guard, context);
    } catch (Throwable t) {
      // The body unguarded is what the app asked for.
      surroundings.engine().errors().record("handler of netty", t);
      return null;
    }
  }

  private void readBody(ChannelHandlerContext context, GuardedBody current, Object message) {
    ByteBuf bytes = messages.bytes(message);
    if (bytes != null) {
      current.delivering(bytes);
    }
    if (!messages.isLast(message)) {
      context.fireChannelRead(message);
    } else if (current.guard().finished()) {
      body = null;
      context.fireChannelRead(message);
    } else {
      readLastBytes(context, message, bytes);
      fail(context, current.guard(), null);
    }
  }

  /** The stall was decided before the end came: the app gets the bytes, and then the exception. */
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

  /**
   * Whether the app waits for this body now.
   *
   * @param heldUp whether the event loop took long to get here
   */
  boolean isWaiting(Guard guard, boolean heldUp) {
    if (body == null || body.guard() != guard || !body.isWanted()) {
      return false;
    }
    if (heldUp) {
      body.heldUp();
    }
    return !heldUp;
  }

  /** A stall was declared; the body may have ended meanwhile, and another begun. */
  void abort(ChannelHandlerContext context, Guard guard) {
    if (body != null && body.guard() == guard) {
      fail(context, guard, null);
    }
  }

  private void fail(ChannelHandlerContext context, Guard guard, @Nullable Throwable cause) {
    body = null;
    aborted = true;
    context.fireExceptionCaught(surroundings.timeouts().of(guard.stallException(cause)));
    context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!isStalledAtEnd(context, cause)) {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    isStalledAtEnd(context, null);
    context.fireChannelInactive();
  }

  /** The body will not go on; if a stall was decided before, that is what the app is told. */
  private boolean isStalledAtEnd(ChannelHandlerContext context, @Nullable Throwable cause) {
    GuardedBody current = body;
    body = null;
    if (current == null || current.guard().finished()) {
      return false;
    }
    fail(context, current.guard(), cause);
    return true;
  }

  /** The app gives up; whoever closes wants the end, and gets it. */
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
    if (body != null) {
      body.guard().finished();
      body = null;
    }
  }
}
