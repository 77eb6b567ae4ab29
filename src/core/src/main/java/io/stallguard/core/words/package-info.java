/**
 * The words that all rooms of the core speak in: an exchange, a limit and its length, a mode, a
 * phase, texts and media types, and the small things that stand on nothing else.
 *
 * <p>Every room may enter; this one uses the JDK only. Helpers of clients describe their exchange
 * here, and need nothing else of it. What stands here is immutable or says which threads may use
 * it; no thread lives here, {@link io.stallguard.core.words.Daemon} only makes those of other
 * rooms.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.words;
