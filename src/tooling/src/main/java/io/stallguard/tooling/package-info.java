/**
 * Puts the instrumentation modules into the app's classes: the gate that sees each class that is
 * loaded, the Byte Buddy glue behind it, the hooks that advice calls, and the loaders of helpers.
 *
 * <p>Lives in the agent's class loader. Uses the core and Byte Buddy; knows client types by their
 * names only.
 */
package io.stallguard.tooling;
