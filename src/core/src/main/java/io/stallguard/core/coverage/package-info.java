/**
 * Which HTTP clients were seen in this JVM, and how far each is guarded. Lives in the agent's class
 * loader; uses the JDK only.
 */
package io.stallguard.core.coverage;
