package reactor.netty;

import io.netty.channel.ChannelInboundHandlerAdapter;

/** A handler in the package of Reactor Netty, by which its client is known. */
public final class OfReactor extends ChannelInboundHandlerAdapter {}
