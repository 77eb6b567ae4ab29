/**
 * The server that goes silent: one object, three ports on loopback, the wire formats of the LLM
 * providers in every way a stream is known to end or not to end.
 *
 * <h2>What a path asks for</h2>
 *
 * <pre>
 * /scenario/NAME[;setting=value...]/PATH-OF-THE-PROVIDER
 * </pre>
 *
 * <p>{@code NAME} is a {@link io.stallguard.testing.server.Scenario}, the path's end one of a
 * {@link io.stallguard.testing.server.Provider}; without the first two segments the scenario is
 * {@code ok}. A query parameter with the name of a setting overrides it. A value with a slash has
 * it as {@code %2F}.
 *
 * <pre>
 * events         pieces of text in a whole answer, 10
 * stall-after    pieces of text before a stall or a truncation, 3
 * period-ms      pause before each piece, or between heartbeats
 * seed           makes the pauses before pieces random ones, and as many as length-ms takes
 * gap-ms         the longest of these, 1000
 * length-ms      what they add up to, 5000
 * burst-bytes    text that is sent without pauses before the other pieces
 * resume-ms      ends a stall after this time and goes on to a normal end
 * delay-ms       pause before the response head
 * heartbeat      native or comment
 * stall          number of the one of many-parallel that stalls, 1
 * stream         number of this one; without it, its place among those with the same path
 * type, status   media type and status instead of the usual
 * encoding       identity or gzip
 * framing        chunked, or close for an HTTP/1.1 body that ends with its connection
 * run            any text, so that a test finds its own exchanges
 * </pre>
 *
 * <p>Plain endpoints: {@code /json[?delay-ms=][&half]}, {@code /echo}, {@code
 * /subscription[?period-ms=][&events=]}, {@code /redirect?to=}, {@code /websocket[?silent-ms=]},
 * and {@code /mcp}, an MCP server that answers but is silent on the stream that it is asked for.
 * Whatever else is asked for gets a 404 that says what there is.
 *
 * <h2>Inside</h2>
 *
 * <p>Lives in the loader of the tests. Uses Jetty's core API without blocking: a stalled stream
 * costs memory and no thread. Everything that a path asks for becomes a {@link
 * io.stallguard.testing.server.Script}, a list of steps, which one {@link
 * io.stallguard.testing.server.Playback} sends; what is sent is therefore known beforehand, and
 * {@link io.stallguard.testing.server.Wire} tells tests the same bytes.
 */
package io.stallguard.testing.server;
