/**
 * How late a stalled stream is released where processor time is short, beside the timeouts that
 * clients have. Runs in a JVM under the built jar.
 */
package io.stallguard.benchmarks.busy;
