/**
 * OkHttp 3.11 to 5.x.
 *
 * <p>Join point: the constructor of {@code OkHttpClient} that all others call. Its builder's list
 * of application interceptors gets one more, the innermost. Not a network interceptor: those are
 * left out for WebSockets and see compressed bodies. Not {@code Builder.build()}: {@code new
 * OkHttpClient()} does not call it.
 *
 * <p>And the two methods that read a body whole: where that is a guarded one that nobody has begun
 * to read, nothing has been delivered before its end. Where an interceptor of the app's has put a
 * body of its own around it that is not said, as that one may look at the pieces.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.okhttp;
