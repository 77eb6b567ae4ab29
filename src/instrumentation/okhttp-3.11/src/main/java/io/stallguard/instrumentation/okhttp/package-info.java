/**
 * OkHttp 3.11 to 5.x.
 *
 * <p>Join points: two of the interceptors that OkHttp itself puts into the chain of each call.
 * {@code CallServerInterceptor} sends the request and reads the head, behind the app's network
 * interceptors: the body that it returns is guarded, so that who reads it in such an interceptor is
 * not alone, and an interceptor that is slow with what has come is no silence. What {@code
 * RetryAndFollowUpInterceptor} returns is what the app's innermost interceptor gets. A body that
 * was compressed is shown to its guard there, once OkHttp has decoded it; and whatever was put
 * around a guarded one, who reads it is shown what was decided. A body that came from elsewhere, or
 * was only now said to be of a type that is guarded, is guarded from there on. Neither the app's
 * builders nor its clients are touched, so that a client is guarded whenever it was made. Not an
 * interceptor of ours: the app sees those of its clients, and several threads may build from one
 * builder.
 *
 * <p>And the two methods that read a body whole: where that is a guarded one that nobody has begun
 * to read, nothing has been delivered before its end. Where an interceptor of the app's has put a
 * body of its own around it that is not said, as that one may look at the pieces.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.okhttp;
