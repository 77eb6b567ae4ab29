/**
 * What watches streams, decides and releases. {@link io.stallguard.core.engine.Guard} is one stream
 * as its client's decorator tells of it; {@link io.stallguard.core.engine.Watchdog} times all of
 * them, by the {@link io.stallguard.core.clock.RunningClock}.
 *
 * <p>From silence to verdict: {@code InForce} says which limit holds by what the stream has said,
 * and {@code Lifted} whether a breaker makes it longer; {@code DueTimes} when it falls due, and
 * when the looks before that begin. A {@link io.stallguard.core.engine.Stall} has the facts, and
 * what was measured. A {@link io.stallguard.core.engine.Decision} is the question whether that is a
 * stall; it has the wire asked before ({@code Looks}, by a client's {@link
 * io.stallguard.core.wire.LastLook}) and knows what holds the answer off. A client may give the
 * answer on a thread of its own ({@code Abort.decide}). {@code Judge} goes by the mode, if no
 * operator asked, and fixes the answer.
 *
 * <p>From verdict to release: the judge makes an {@link io.stallguard.core.engine.Incident}, which
 * {@link io.stallguard.core.engine.InWork} keeps until the reader is free and the exchange is over.
 * An abort thread runs the incident, which calls {@code abort} and, if need be, {@code escalate} of
 * the client's {@link io.stallguard.core.engine.Abort}; where the abort hangs or finds no thread,
 * another one calls the latter. The watchdog calls the other methods, and whoever decides may call
 * two of them. {@code DecidedEnd} makes the exception. The {@link
 * io.stallguard.core.engine.WatchdogListener} hears of all that, and breakers by {@link
 * io.stallguard.core.engine.HostStalls}, mostly by way of {@link
 * io.stallguard.core.engine.Notices}. Beside these stand the aborts that several clients share.
 *
 * <p>Who may enter: helpers of clients, by the types that {@code RoomRulesTest} lists; the rooms
 * above, which hear of what happened by facts ({@link io.stallguard.core.engine.StreamFacts},
 * {@link io.stallguard.core.engine.Stall}) and never see a guard; and the door, which makes and
 * opens all. This room uses words, body, settings, clock and wire.
 *
 * <p>Which threads run here: threads of the app and of its clients come in with their streams, and
 * each type says which it is for. <i>Who decides</i> is the watchdog, or the thread on which a
 * client takes the {@link io.stallguard.core.engine.Decision}, as {@code Abort.decide} has asked it
 * to. The watchdog lives here, and the threads for looks, aborts and escalations ({@code
 * PooledThreads}).
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.engine;
