package org.asynchttpclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * The last handler of a client that hands all over on the event loop; in the package of one that
 * does, by which it is known.
 */
public final class HandsOverAtOnce extends ChannelInboundHandlerAdapter {
  public final StringBuilder text = new StringBuilder();
  public final List<ByteBuf> buffers = new ArrayList<>();
  public Throwable failure;
  public boolean ended;
  public boolean endedWhileOpen;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpContent) {
      ByteBuf bytes = ((HttpContent) message).content();
      if (bytes.isReadable()) {
        buffers.add(bytes);
      }
      text.append(bytes.toString(UTF_8));
    }
    if (message instanceof LastHttpContent) {
      ended = true;
      endedWhileOpen = context.channel().isOpen();
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failure = cause;
  }
}
