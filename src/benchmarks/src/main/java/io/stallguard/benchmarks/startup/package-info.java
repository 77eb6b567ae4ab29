/**
 * What attaching an agent costs an app before it does anything: JVMs that are started and timed.
 */
@NullMarked
package io.stallguard.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
