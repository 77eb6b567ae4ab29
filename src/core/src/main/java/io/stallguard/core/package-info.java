/**
 * The engine: decides which streams are guarded, times their silence, and releases the stalled
 * ones. Lives in the agent's class loader; uses the JDK and slf4j only.
 */
package io.stallguard.core;
