/**
 * The census: which HTTP clients there are, which of them were seen in this JVM, and how far each
 * is guarded. The way in is {@link io.stallguard.core.coverage.Coverage}.
 *
 * <p>Who may enter: modules and helpers of clients, to say what they guard; the tooling, to say
 * what was loaded and what does not work; the door, which has its lines reported; and JMX, to show
 * it. This room uses the JDK only.
 *
 * <p>Which threads run here: any thread says what it has seen, and waits for nobody. The thread for
 * reports reads versions and tells lines. No thread lives here.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.coverage;
