/**
 * What is asked before a verdict, and what is cut after it. A client gives a {@link
 * io.stallguard.core.wire.LastLook}, whose answers a {@link io.stallguard.core.wire.Look} takes;
 * {@link io.stallguard.core.wire.Looks} are those before one verdict. Most ask a socket ({@code
 * SocketLook}, {@code SharedSocketLook}), a pool of the app's ({@link
 * io.stallguard.core.wire.PoolProbe}), a selector, or a reader that has no core or carrier. {@link
 * io.stallguard.core.wire.Holdup} says what keeps the answer. Below are the JDK's own sockets,
 * without the locks that their methods take ({@code RawSocket}, {@code JdkSockets}, {@code
 * Descriptors}), and {@link io.stallguard.core.wire.SocketCut}, which closes one under its reader.
 * To end an exchange in its client's own way, or to give up a connection that streams share, is no
 * matter of this room: that is an {@code Abort}, of the client's module or shared in the engine.
 *
 * <p>Who may enter: the engine; helpers of clients, by the types that {@code RoomRulesTest} lists;
 * the household, for a {@code Holdup}; and the tooling, for the names in {@code RawSocket.OPENS}.
 * This room knows no stream and no guard; it uses words, clock and callbacks.
 *
 * <p>Which threads run here: threads for looks, the watchdog where a look is quick, and abort
 * threads, the watchdog and readers, which close a socket; each type says which it is for.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.wire;
