/**
 * An application that streams an answer from an LLM API to the terminal, through a client of
 * choice.
 *
 * <p>It lives on the class path of its own JVM, is written as any user of these clients would write
 * it, and uses nothing of StallGuard: whatever the agent changes about it, it changes from outside.
 * All of it runs on Java 8 except {@code JavaHttpClient}, which has its own source root and is
 * loaded by name when it is chosen.
 */
package io.stallguard.testapp;
