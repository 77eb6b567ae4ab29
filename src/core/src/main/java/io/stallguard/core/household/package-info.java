/**
 * What the agent keeps of all streams together, and what it makes of that. Lives in the agent's
 * class loader; uses the JDK and the core's words and engine only.
 */
package io.stallguard.core.household;
