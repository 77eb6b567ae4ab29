/**
 * The census: which HTTP clients were seen in this JVM, and how far each is guarded.
 *
 * <p>Client modules may enter to say what they guard, the start of the agent to say what was
 * loaded, reports and JMX to show it; this room uses the JDK only. Any thread says what it has seen
 * and waits for nobody; the thread for reports reads versions and tells lines.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.coverage;
