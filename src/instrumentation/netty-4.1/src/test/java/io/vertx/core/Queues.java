package io.vertx.core;

import io.netty.channel.ChannelInboundHandlerAdapter;

/** The last handler of a client that queues what Netty reads, in the package of one that does. */
public final class Queues extends ChannelInboundHandlerAdapter {}
