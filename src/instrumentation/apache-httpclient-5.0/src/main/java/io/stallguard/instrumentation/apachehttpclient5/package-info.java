/**
 * Apache HttpClient 5, the classic (blocking) one.
 *
 * <p>Join point: the method of {@code HttpRequestExecutor} through which every exchange of every
 * classic client goes, also of the minimal one and of HttpCore's own requester. Its answer gets its
 * entity replaced. Not the exec chain of the client: the minimal client has none, and a builder can
 * be built from twice.
 *
 * <p>And HttpCore's methods that read an entity whole: where that is a guarded one, nothing has
 * been delivered before its end.
 *
 * <p>Where the wait for a head is limited, advice stands around that too.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.apachehttpclient5;
