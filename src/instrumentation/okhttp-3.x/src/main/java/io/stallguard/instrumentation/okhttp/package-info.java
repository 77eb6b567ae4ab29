/**
 * OkHttp 3.11 to 5.x.
 *
 * <p>Join point: the constructor of {@code OkHttpClient} that all others call. Its builder's list
 * of application interceptors gets one more, the innermost. Not a network interceptor: those are
 * left out for WebSockets and see compressed bodies. Not {@code Builder.build()}: {@code new
 * OkHttpClient()} does not call it.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.okhttp;
