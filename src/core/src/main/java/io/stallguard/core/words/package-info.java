/**
 * The words of the core: what the other rooms speak with and that knows none of them. Agent's class
 * loader; uses the JDK alone.
 */
package io.stallguard.core.words;
