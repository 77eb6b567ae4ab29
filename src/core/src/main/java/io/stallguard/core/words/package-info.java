/**
 * The words that all rooms of the core speak in: an exchange, a limit and its length, a mode, a
 * phase, texts and media types, and the small things that stand on nothing else.
 *
 * <p>Who may enter: every room, and the tooling. Helpers of clients describe their exchange here,
 * by {@link io.stallguard.core.words.Exchange}, and use {@link
 * io.stallguard.core.words.Replacement} for their exceptions, and nothing else. This room uses the
 * JDK only.
 *
 * <p>Which threads run here: any. What stands here is immutable or says which threads may use it.
 * No thread lives here; {@link io.stallguard.core.words.Daemon} only makes those of other rooms.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.words;
