/**
 * The test kit, never shipped: a clock that tests turn, JVMs that tests start, the JDKs and client
 * versions to start them with. The server that goes silent is in {@code
 * io.stallguard.testing.server}.
 *
 * <p>Depends on no other module of StallGuard, so that any of them may be tested with it.
 */
package io.stallguard.testing;
