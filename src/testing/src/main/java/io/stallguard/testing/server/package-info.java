/**
 * The server that goes silent: one object, three loopback ports, the wire formats of the LLM providers in every
 * way a stream is known to end or not to end.
 *
 * <p>Lives in the loader of the tests. Uses Jetty's core API without blocking: a stalled stream costs memory and no
 * thread. Everything that a path asks for becomes a {@link io.stallguard.testing.server.Script}, a list of steps,
 * which one {@link io.stallguard.testing.server.Playback} sends; what is sent is therefore known beforehand, and
 * {@link io.stallguard.testing.server.Wire} tells tests the same bytes.
 */
package io.stallguard.testing.server;
