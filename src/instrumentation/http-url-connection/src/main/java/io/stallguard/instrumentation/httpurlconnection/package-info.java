/**
 * {@code java.net.HttpURLConnection} of the JDK, 8 to the newest, http and https.
 *
 * <p>Join point: the constructors of {@code HttpInputStream}, the outermost stream of each response
 * body, which get the stream below it replaced; HTTPS comes through the same class. Not {@code
 * getInputStream()}: it is called many times for one exchange, by the JDK itself too.
 *
 * <p>A module of its own for the wait for the head, as that has another class and is wanted by few:
 * {@code HttpClient.parseHTTP} is called when the request has been sent and returns with the head.
 *
 * <p>Lives in the agent's class loader; the {@code helpers} live in a helper loader.
 */
package io.stallguard.instrumentation.httpurlconnection;
