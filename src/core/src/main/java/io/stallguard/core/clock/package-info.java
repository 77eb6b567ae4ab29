/**
 * Time as the engine counts it: {@link io.stallguard.core.clock.RunningClock} goes in steps of a
 * tick and leaves out the standstills of the whole JVM. A {@code Standstill} tells these from a
 * thread that got no core: by how long the watchdog ran and waited for one, or where that is not
 * told by the processor time of the process. A new way to tell is a {@code Standstill} of its own,
 * chosen in {@code Standstill.ofPlatform}. {@code LateTicks} and {@code Pauses} remember which
 * ticks came late and what stood still.
 *
 * <p>Who may enter: the wire, for {@code ProcFile}; the engine; and the door. This room uses words.
 *
 * <p>Which threads run here: the watchdog advances the clock, any thread may ask it.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.clock;
