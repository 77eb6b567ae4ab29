/**
 * The door, {@link io.stallguard.core.Engine}, and what has found no room yet: the guard of a
 * stream and the watchdog that judges it, reports, records, JFR and JMX. {@link
 * io.stallguard.core.StallTimeoutException} and {@link io.stallguard.core.StallGuardMXBean} stay:
 * apps and operators know them by these names.
 *
 * <p>Stands above all rooms and may use each of them; none of them uses this package. Threads of
 * the app come in with their streams, the watchdog judges, threads for aborts and the one for
 * reports act: each type says which of them it is for.
 *
 * <p>Lives in the agent's class loader; uses the JDK, slf4j and HdrHistogram only.
 */
package io.stallguard.core;
