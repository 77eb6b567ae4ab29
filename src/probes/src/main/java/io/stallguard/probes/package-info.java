/**
 * Apps as the agent meets them: each drives one HTTP client and tells what it received.
 *
 * <p>Lives in the class loader of the app in a JVM of its own. Java 8 and the client's public API
 * only; knows nothing of StallGuard.
 */
package io.stallguard.probes;
