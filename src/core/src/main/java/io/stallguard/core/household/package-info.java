/**
 * What the agent keeps of all streams together, and what it makes of that: the breaker of each
 * host. The way in is {@link io.stallguard.core.household.Breakers}.
 *
 * <p>Who may enter: the engine and the watchdog, in the package above, and what shows breakers
 * there. This room uses the JDK and the core's words and engine only.
 *
 * <p>Which threads run here: the watchdog's, where nothing else is said. No thread lives here.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.household;
