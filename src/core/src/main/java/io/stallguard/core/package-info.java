/**
 * The door of the core, {@link io.stallguard.core.Engine}, and what has found no room yet: the
 * guards of streams and the watchdog that judges them, incidents and reports, ways to close
 * sockets, JFR and JMX. {@link io.stallguard.core.StallTimeoutException} and {@link
 * io.stallguard.core.StallGuardMXBean} stay here for good: apps and operators know them by these
 * names.
 *
 * <p>Who may enter: helpers of clients, the tooling, and the start of the agent, by the public
 * types. This package stands above all rooms and may use each of them; no room uses it.
 *
 * <p>Which threads run here: threads of the app and of its clients come in with their streams, and
 * tell guards what happens. The watchdog's thread judges. Threads for looks, for aborts and
 * escalations, and the thread for reports do what follows; all of these are made here. Each type
 * says which of them it is for, {@code src/docs/concurrency.md} what each does, and {@code
 * src/docs/guard.md} draws the calls of a guard.
 *
 * <p>Lives in the agent's class loader; uses the JDK, slf4j and HdrHistogram only.
 */
package io.stallguard.core;
