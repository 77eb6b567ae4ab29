/**
 * Apache HttpAsyncClient 4.1, HTTP/1.1.
 *
 * <p>Join points: the constructors of the two classes that carry out one exchange, with its
 * redirects and retries, for the clients that are built today. They get the app's response consumer
 * decorated, which sees the final response alone. Not {@code execute} of the clients: several take
 * a consumer, and none gives it the context that knows the connection.
 *
 * <p>A module of its own for the wait for a head, which is wanted by few: the same constructors get
 * the app's request producer decorated, which is told when a request has been sent.
 *
 * <p>And the output of connections, for which they can be asked at any time, and before which the
 * reactor reads them: so a connection is looked at.
 *
 * <p>{@code execute}, which makes the future, gets the app's callback decorated: a future is done
 * and calls it in one, and a thread of ours that completes one is to leave the callback to others.
 *
 * <p>And the buffer of HttpCore through which a consumer hands over to a thread that reads: a
 * decoder of ours is told that it fills one.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.apachehttpasyncclient4;
