/**
 * The words that all rooms of the core speak in, and the small things that stand on nothing else.
 * Lives in the agent's class loader; uses the JDK only.
 */
package io.stallguard.core.words;
