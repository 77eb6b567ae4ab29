/**
 * The asynchronous clients of Apache HttpClient 5, 5.0 to 5.6, HTTP/1.1 and HTTP/2.
 *
 * <p>Join points: the constructors of the two classes that carry one exchange over a connection,
 * {@code ClientHttp1StreamHandler} and {@code ClientH2StreamHandler}. Every asynchronous client
 * comes through them, and only there the exchange's handler meets what ends this exchange alone:
 * the connection, or the stream. Not the {@code RequestExecutionCommand} before them: it knows no
 * stream yet.
 *
 * <p>And the output of connections, which a reactor's thread can be asked for: so the app is told
 * there, and so a connection is looked at, which the reactor reads before it gives output.
 *
 * <p>And two methods of the client's two {@code AsyncExecRuntime}s: the client closes the
 * connection of whatever fails, and with it the siblings on HTTP/2. While a stream fails that was
 * reset by us, its connection is given back instead.
 *
 * <p>And {@code doExecute} of the clients, which makes the future that an app waits for, and the
 * last link of their chains, which knows request and future: a future is done and calls the app in
 * one, so where the reactor does not get to it a thread of ours completes it alone. There also a
 * consumer of the client's own, which keeps a body until its end, is told from others.
 *
 * <p>And the consumers of HttpCore that hand a body over: to a subscriber, whose own requests are
 * then the demand; or to a reader, of whom it is not known whether he waits, so the exchange is
 * left alone.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.apachehttpasyncclient5;
