/**
 * The door of the core: {@link io.stallguard.core.Engine}, which makes all rooms and wires them
 * together, and {@link io.stallguard.core.Operator}, which says what tools see and may do. Beside
 * them stand the waits for connections, the streams of before the agent, and the end of the JVM.
 * {@link io.stallguard.core.StallTimeoutException} and {@link io.stallguard.core.StallGuardMXBean}
 * stay here for good: apps and operators know them by these names.
 *
 * <p>Who may enter: helpers of clients, the tooling, and the start of the agent, by the public
 * types. This package stands above all rooms but those of tools ({@code jmx}), and may use each of
 * them; no room below names more of it than the exception.
 *
 * <p>Which threads run here: threads of the app and of its clients, which open guards; the thread
 * that starts the agent; {@code stallguard-earlier}, and the one that ends the JVM. Each type says
 * which of them it is for, {@code src/docs/concurrency.md} what each does, and {@code
 * src/docs/guard.md} draws the calls of a guard.
 *
 * <p>Lives in the agent's class loader; uses the JDK, slf4j and HdrHistogram only.
 */
package io.stallguard.core;
