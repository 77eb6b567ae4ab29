/**
 * {@code java.net.http.HttpClient} of the JDK, 11 to the newest, HTTP/1.1 and HTTP/2.
 *
 * <p>Join points: the private {@code sendAsync} of {@code HttpClientImpl}, through which every
 * {@code send} and {@code sendAsync} goes, gets its body handler decorated; and {@code
 * HttpResponseInputStream}, the one subscriber that prefetches: its demand is a reader in {@code
 * current()}, not what it has asked for upstream. Not the facade or {@code BodyHandlers}: apps
 * bring handlers of their own.
 *
 * <p>A module of its own for the wait for a connection, which is wanted by few: {@code
 * MultiExchange} says how long each one may take, and makes the exception of a timeout.
 *
 * <p>Another one for the wait for a response head: {@code MultiExchange.responseAsync} begins an
 * exchange with all its redirects and repetitions, {@code responseFilters} sees each head, and
 * {@code sendAsync} of {@code HttpClientImpl} returns the future that an app may end by itself.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.javahttpclient;
