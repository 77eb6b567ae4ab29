/**
 * What operators may say: of which kind a value is, how it is written, and what somebody meant who
 * mistyped a name. Lives in the agent's class loader; uses the JDK and the core's words only.
 */
package io.stallguard.core.settings;
