/**
 * Time as the engine counts it: {@link io.stallguard.core.clock.RunningClock} goes in steps of a
 * tick and leaves out the standstills of the whole JVM. {@code Standstill} tells a standstill from
 * a thread that got no core, by what the process has used; {@code LateTicks} and {@code Pauses}
 * remember which ticks came late and what stood still.
 *
 * <p>Who may enter: the rooms above; no helper of a client. This room uses words.
 *
 * <p>Which threads run here: the watchdog advances the clock, any thread may ask it.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.clock;
