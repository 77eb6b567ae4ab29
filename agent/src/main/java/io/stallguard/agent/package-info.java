/**
 * The entry: the only classes of StallGuard that an app could see.
 *
 * <p>Lives in the system class loader and depends on nothing: {@code java.lang}, {@code java.io},
 * {@code java.net}, {@code java.util}, {@code java.util.jar}, {@code java.util.zip}, {@code
 * java.lang.instrument}. Everything else is in the agent's own class loader and reached by
 * reflection on one name. Runs before the app: no logging, regular expression, lambda, or class
 * that locks in what the app wants to configure. What is used later is loaded early: the jar may be
 * overwritten meanwhile.
 */
package io.stallguard.agent;
