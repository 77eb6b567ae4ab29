/**
 * Spring AI 1, which cannot be compiled beside Spring AI 2: same names, other methods.
 *
 * <p>Lives in the app loader of a JVM of its own.
 */
package io.stallguard.probes.springai1;
