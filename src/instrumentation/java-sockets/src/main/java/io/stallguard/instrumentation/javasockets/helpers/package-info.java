/**
 * The taps in sockets, and the framing of HTTP/1.x that tells them what is a response body.
 *
 * <p>Lives in one helper loader, to which the JDK's package is opened that knows which socket is
 * under a TLS socket.
 */
package io.stallguard.instrumentation.javasockets.helpers;
