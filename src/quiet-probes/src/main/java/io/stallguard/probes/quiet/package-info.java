/**
 * What waits long and is no stream to be guarded: databases, message queues, WebSockets, servers in
 * the same JVM. Each checks that it was as silent as it was to be, so that to be left alone means
 * something.
 *
 * <p>Lives in the app loader of a JVM of its own, side by side with the clients' probes.
 */
package io.stallguard.probes.quiet;
