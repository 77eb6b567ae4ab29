/**
 * How JMX shows the agent: the bean behind {@code io.stallguard:type=StallGuard}, its tables, and
 * its registration once somebody uses JMX. The room stands above the door: it asks the {@link
 * io.stallguard.core.Operator} for facts and puts them into types of an MXBean. Nobody enters but
 * who starts the agent. Threads of JMX run through; a daemon of this room looks for the server.
 */
package io.stallguard.core.jmx;
