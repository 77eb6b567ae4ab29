/**
 * What a body says: the formats that find its events, the dialects that say what an event means,
 * and the answer that the events make up.
 *
 * <p>The way in is {@link io.stallguard.core.body.StreamFormat}, one for each stream. It is shown
 * the bytes, finds an event in them, has it read in the dialect that the stream speaks, and tells
 * an {@link io.stallguard.core.body.EventTally}, which the caller brings. {@code Reading} says what
 * an event is taken for.
 *
 * <p>A new provider is a {@code Dialect}, listed in {@code Dialects}, with its keys in {@code Key}
 * and a fixture in {@code io/stallguard/core/forms} among the test resources; {@code Dify} is one
 * to copy, and CONTRIBUTING has all that it takes. A file that is named after a provider or a
 * server is a dialect. A new way to frame events is a {@code StreamFormat}, and its name ends so.
 *
 * <p>Who may enter: the settings, for the names of events, and what stands above them; helpers of
 * clients use {@link io.stallguard.core.body.Piece} alone. This room uses the JDK and the core's
 * words only.
 *
 * <p>Which threads run here: whichever thread delivers a stream's bytes runs through, one at a time
 * for each stream, so that nothing here needs a lock. No thread lives here. What all streams share,
 * {@link io.stallguard.core.body.EventNames} above all, is immutable but for a cache of names.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.body;
