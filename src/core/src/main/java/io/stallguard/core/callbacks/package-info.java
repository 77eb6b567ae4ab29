/**
 * What tells the app in its own world: {@link io.stallguard.core.callbacks.AppWorld} is the class
 * loader, the rights and the kind of thread under which a callback of the app's runs, {@link
 * io.stallguard.core.callbacks.AppCallbacks} runs those that a client's own threads do not run in
 * time, {@link io.stallguard.core.callbacks.Telling} is one of them, and {@link
 * io.stallguard.core.callbacks.Aside} holds a callback back while a thread of ours completes the
 * future that would call it.
 *
 * <p>Who may enter: the wire, for {@code AppWorld}; the door; and helpers of clients, by the types
 * that {@code RoomRulesTest} lists. This room uses words.
 *
 * <p>Which threads run here: a callback is run by its client's threads or executor and, where they
 * do not come, by {@code stallguard-callback}, which {@code stallguard-dispatch} starts. {@code
 * stallguard-late} ({@code LateWork}) and {@code stallguard-spare} ({@code SpareThread}) live here
 * too.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.callbacks;
