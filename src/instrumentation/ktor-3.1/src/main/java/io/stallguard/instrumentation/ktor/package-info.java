/**
 * Ktor 3: what its readers see of a body that failed. The bodies are guarded by the modules for the
 * clients under its engines.
 *
 * <p>Join points: {@code DefaultClientSSESession.tryParseEvent}, where the plugin for server-sent
 * events, from 3.1.3 on, takes a failure for the end: up to 3.2 whatever it is, since then unless a
 * timeout is its root. {@code ByteChannel.isClosedForRead}: whoever reads a channel of bytes, and
 * was not waiting when it failed, asks that first and takes it for the end. {@code
 * ByteChannel.cancel}: what fills a channel may be cancelled by the failure before it hears of it,
 * and a cancellation is an end to many readers. {@code OkHttpSSESession.onFailure}: up to 3.2 the
 * engine for OkHttp has a session of its own, over okhttp-sse, which lets go of failures where the
 * media type has a parameter. Other versions have no such methods, and are left alone.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.ktor;
