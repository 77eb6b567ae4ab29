/**
 * Reactor Netty 1.0 and later: what its consumers want. The bodies are guarded by the modules for
 * Netty's HTTP codec.
 *
 * <p>Join point: {@code FluxReceive.subscribe}. Reactor Netty reads ahead of its consumer, up to 32
 * elements, so reads on the channel say nothing of what the app waits for; the subscriber does. All
 * ways to receive a body end there, and once for each body. There the client's own {@code
 * aggregate()} is told from other consumers too, by the operators that it is made of.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.reactornetty;
