/**
 * What the agent keeps of all streams together, and what it makes of that: {@link
 * io.stallguard.core.household.Household} hears what became of each stream and has it counted,
 * recorded and told; {@link io.stallguard.core.household.Breakers} has a breaker for each host.
 *
 * <p>What a lower room is to have counted goes by a method of {@code WatchdogListener} (as {@code
 * foundWaiting} does) to {@code Counters}, and from there to {@code StallGuardMXBean} and {@code
 * jmx.StallGuardBean}.
 *
 * <p>Who may enter: the door, which makes all of it; the engine calls back through its own
 * interfaces. This room uses words, settings, wire, engine, report, gaps and jfr.
 *
 * <p>Which threads run here: the watchdog's, where nothing else is said. Counters, and what is told
 * or handed to the thread for reports, are for any thread, maybe the app's; so is how a breaker
 * stands. No thread lives here but the one that makes the types of JFR's events.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.household;
