/**
 * What the agent keeps of all streams together, and what it makes of that: the breaker of each
 * host.
 *
 * <p>What starts and changes the agent may enter, and what shows it; this room uses the JDK and the
 * core's words and engine only. Its thread is the watchdog, where nothing else is said.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.household;
