/**
 * How JMX shows the agent: the bean behind {@code io.stallguard:type=StallGuard}, its tables, and
 * its registration once somebody uses JMX. The room stands above the door: it asks the {@link
 * io.stallguard.core.Operator} for facts and puts them into types of an MXBean.
 *
 * <p>Who may enter: the start of the agent alone.
 *
 * <p>Which threads run here: those of JMX, whichever they are; {@code stallguard-jmx} looks for the
 * server.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.jmx;
