/**
 * What tells the app in its own world: {@link io.stallguard.core.callbacks.AppWorld} is the class
 * loader and the rights under which a callback of the app's runs, {@link
 * io.stallguard.core.callbacks.AppCallbacks} runs those that a client's own threads do not run in
 * time, {@link io.stallguard.core.callbacks.Telling} is one of them, and {@link
 * io.stallguard.core.callbacks.Aside} makes futures whose completion waits for no code of the app.
 *
 * <p>Who may enter: the rooms above, and helpers of clients, by the types that {@code
 * RoomRulesTest} lists. This room uses words.
 *
 * <p>Which threads run here: {@code stallguard-dispatch} and {@code stallguard-callback} live here,
 * those for late work, and the spare one.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.callbacks;
