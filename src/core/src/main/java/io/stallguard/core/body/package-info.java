/**
 * What a body says: its events, the dialect that they are written in, and the answer that they make
 * up. Lives in the agent's class loader; uses the JDK and the core's words only.
 */
package io.stallguard.core.body;
