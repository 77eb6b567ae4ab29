/**
 * Puts the instrumentation modules into the app's classes: the gate that sees each class that is
 * loaded, the Byte Buddy glue behind it, the hooks that advice calls, and the loaders of helpers.
 *
 * <p>Which threads run here: each thread that loads a class passes the gate, and the one that loads
 * a client's class weaves it. What was loaded before is woven by the thread in {@code premain} or
 * {@code agentmain}. Advice calls its hook on whatever thread runs the client.
 *
 * <p>Lives in the agent's class loader. Uses the core and Byte Buddy; knows client types by their
 * names only.
 */
package io.stallguard.tooling;
