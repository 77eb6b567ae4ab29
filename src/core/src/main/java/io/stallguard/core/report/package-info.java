/**
 * What people and tools read: the report of a stall and every other line, as text or as JSON, and
 * the logs they go to. One queue brings the lines to them, and a rate bounds how many there are.
 * The way in is {@link io.stallguard.core.report.Reports}. The first line of a report ends with the
 * message of its {@link io.stallguard.core.engine.Stall}, which is the message of the app's
 * exception too; {@link io.stallguard.core.report.Timeline} writes the whole report as text, and
 * {@code JsonReports} the same facts as JSON.
 *
 * <p>Who may enter: the household, which says what is to be told, and the door. This room uses
 * facts of the engine, settings and words; no module of a client enters.
 *
 * <p>Which threads run here: the watchdog and others hand lines over; {@code stallguard-report}
 * writes them, and the thread that ends the JVM what is left.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.report;
