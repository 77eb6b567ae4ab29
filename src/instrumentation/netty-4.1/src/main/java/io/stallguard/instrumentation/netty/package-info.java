/**
 * Netty's HTTP codec 4.1 and 4.2, and with it the clients that stand on it.
 *
 * <p>Join points: {@code handlerAdded} of {@code HttpClientCodec}, inherited from {@code
 * CombinedChannelDuplexHandler}, gets one more handler behind the codec; {@code
 * Http2StreamChannelBootstrap.init} gets one at the begin of each stream's pipeline, so that it
 * sees frames whatever the client makes of them. Not the {@code add} methods of pipelines: there
 * are a dozen, and every handler of every protocol passes them.
 *
 * <p>Two modules: a client without HTTP/2 has no {@code netty-codec-http2}.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.netty;
