/**
 * Apache HttpClient 4, the blocking one.
 *
 * <p>Join point: the method of {@code HttpRequestExecutor} through which every exchange goes: of
 * the clients that a builder makes, of the minimal one and of the {@code DefaultHttpClient} of old.
 * Its answer gets its entity replaced. Where the app has an executor of its own that happens a step
 * sooner, as what it overrides may read the entity: when {@code doReceiveResponse} has the head.
 *
 * <p>And HttpCore's methods that read an entity whole: where that is a guarded one, nothing has
 * been delivered before its end.
 *
 * <p>Where the wait for a head is limited, advice stands around that too.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.apachehttpclient4;
