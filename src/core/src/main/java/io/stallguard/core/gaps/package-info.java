/**
 * For how long the streams of each host were silent, and the limits that follow from it: histograms
 * of gaps, and the advice.
 *
 * <p>Who may enter: the household, which keeps one history, and the door. This room uses facts of
 * the engine, settings and words.
 *
 * <p>Which threads run here: the watchdog, and the thread that ends the JVM; one at a time.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.gaps;
