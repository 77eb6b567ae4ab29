/**
 * The agent's events for Java Flight Recorder: streams, stalls and gaps. Their types are made by
 * reflection, as not every JDK has them.
 *
 * <p>Who may enter: the household, once somebody uses JFR. This room uses facts of the engine and
 * words.
 *
 * <p>Which threads run here: the watchdog, and any thread that tells what became of a stall.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.jfr;
