/**
 * What helpers of clients use of the engine, beside the guard: looks at the wire and at pools, the
 * app's callbacks, claims, holdups. And what the engine itself remembers: late ticks and pauses of
 * its clock, hosts, and what is undone when the agent leaves.
 *
 * <p>Who may enter: helpers of clients, and what stands above. This room uses the JDK and the
 * core's words only.
 *
 * <p>Which threads run here: those of the app, of its clients and of ours come through, and each
 * type says which it is for. The threads that tell the app what its clients' threads do not tell it
 * in time live here ({@code stallguard-dispatch}, {@code stallguard-callback}), with those for late
 * work and the spare one.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.engine;
