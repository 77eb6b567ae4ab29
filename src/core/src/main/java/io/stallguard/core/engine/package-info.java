/**
 * What decorators of clients use of the engine. Lives in the agent's class loader; uses the JDK
 * only.
 */
package io.stallguard.core.engine;
