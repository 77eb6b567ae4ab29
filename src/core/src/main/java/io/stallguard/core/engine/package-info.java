/**
 * What decorators of clients use of the engine, and what its clock knows of ticks that came late.
 * Lives in the agent's class loader; uses the JDK only.
 */
package io.stallguard.core.engine;
