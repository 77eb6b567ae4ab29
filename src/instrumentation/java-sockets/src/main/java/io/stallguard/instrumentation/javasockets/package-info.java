/**
 * The JDK's blocking sockets, plain and TLS, and Conscrypt's: for every client that speaks HTTP/1.x
 * over them and has no module of its own.
 *
 * <p>No stream is replaced: {@code getInputStream()} returns the very object that it returns
 * without the agent. What is put in is a <i>tap</i>, where the stream has a private place for it:
 *
 * <ul>
 *   <li>Java 13 and later, plain: {@code Socket$SocketInputStream} is made around the stream of the
 *       socket's implementation; its constructor gets a tap around that.
 *   <li>Java 8 to 12, plain: {@code AbstractPlainSocketImpl} has an object whose only part is to be
 *       a lock; its constructor gets one that is a tap as well. Advice in the stream's {@code
 *       read(byte[], int, int)} asks the lock whether it is one.
 *   <li>TLS of the JDK, and Conscrypt: the same with the {@code readLock} of each stream.
 * </ul>
 *
 * <p>So the state of a stream is found without a map, lives exactly as long as the stream, and
 * costs one question a read where it is of no interest. Not a wrapper from {@code
 * getInputStream()}: its class and identity would show. Not a map from socket to state: it would be
 * asked at each read of the process.
 *
 * <p>Requests are seen by advice in {@code write(byte[], int, int)}: it looks at the first bytes of
 * what is written and calls the hook if they look like a request line, once a request.
 *
 * <p>A module of its own for the wait for a connection, which is wanted by few: {@code
 * Socket.connect(SocketAddress, int)} gets a shorter timeout.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.javasockets;
