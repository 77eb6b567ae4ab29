/**
 * Programs that measure what guarding costs and how late a release is. Never shipped; on the class
 * path of the system loader, without the agent.
 */
package io.stallguard.benchmarks;
