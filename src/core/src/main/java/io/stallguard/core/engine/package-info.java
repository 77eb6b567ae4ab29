/**
 * What watches streams, decides and releases. {@link io.stallguard.core.engine.Guard} is one stream
 * as its client's decorator tells of it; the watchdog times it by a clock that knows standstills of
 * the JVM, asks the wire before a verdict ({@link io.stallguard.core.engine.LastLook}), and the
 * judge fixes what becomes of it. {@link io.stallguard.core.engine.Abort} ends the exchange, an
 * incident follows it until its reader is free. Beside them stand the ways to close sockets that
 * several clients share, and what tells the app in its own world.
 *
 * <p>Who may enter: helpers of clients, by the types that {@code RoomRulesTest} lists as the door;
 * the rooms above, which hear of what happened by facts ({@link
 * io.stallguard.core.engine.StreamFacts}, {@link io.stallguard.core.engine.Stall}) and never see a
 * guard; and the door, which makes and opens all. This room uses words, body and settings.
 *
 * <p>Which threads run here: threads of the app and of its clients come in with their streams, and
 * each type says which it is for. The watchdog lives here, the threads for looks, aborts and
 * escalations ({@code AbortThreads}), and those that tell the app what its clients' threads do not
 * tell it in time ({@code stallguard-dispatch}, {@code stallguard-callback}), with those for late
 * work and the spare one.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.engine;
