/**
 * OkHttp 3.11 to 5.x.
 *
 * <p>Join points: two of the interceptors that OkHttp itself puts into the chain of each call. What
 * {@code RetryAndFollowUpInterceptor} returns is what the app's innermost interceptor gets: its
 * body is guarded there. {@code CallServerInterceptor} sends the request and reads the head, behind
 * the app's network interceptors. Neither the app's builders nor its clients are touched, so that a
 * client is guarded whenever it was made. Not an interceptor of ours: the app sees those of its
 * clients, and several threads may build from one builder. Not the body that {@code
 * CallServerInterceptor} returns: that one is compressed still.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.okhttp;
