/**
 * What is put around the bodies of HttpURLConnection, and what closes its socket.
 *
 * <p>Lives in a helper loader, to which the JDK's packages that hold the socket are opened.
 */
package io.stallguard.instrumentation.httpurlconnection.helpers;
