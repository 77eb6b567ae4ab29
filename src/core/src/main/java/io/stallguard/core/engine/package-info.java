/**
 * What watches streams, decides and releases. {@link io.stallguard.core.engine.Guard} is one stream
 * as its client's decorator tells of it; {@link io.stallguard.core.engine.Watchdog} times all of
 * them, by a clock that knows standstills of the JVM.
 *
 * <p>From silence to verdict: {@code InForce} says which limit holds by what the stream has said,
 * and {@code Lifted} whether a breaker makes it longer; {@code DueTimes} when it falls due; {@link
 * io.stallguard.core.engine.Decision} is the question whether that is a stall, has the wire asked
 * before ({@code Looks}, by a client's {@link io.stallguard.core.engine.LastLook}) and knows what
 * holds the answer off; {@code Judge} goes by the mode and fixes the answer; {@link
 * io.stallguard.core.engine.Stall} keeps the facts, and what was measured. Then {@link
 * io.stallguard.core.engine.Abort} ends the exchange, and an {@link
 * io.stallguard.core.engine.Incident} follows it until its reader is free. The {@link
 * io.stallguard.core.engine.WatchdogListener} hears of it. Beside these stand the ways to close
 * sockets that several clients share, and what tells the app in its own world.
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
