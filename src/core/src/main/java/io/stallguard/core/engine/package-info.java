/**
 * What decorators of clients use of the engine: looks at the wire and at pools, the app's
 * callbacks, claims and holdups; and what its clock knows of ticks that came late.
 *
 * <p>Decorators may enter, and what stands above; this room uses the JDK and the core's words only.
 * Threads of the app, of its clients and of ours come through: each type says which it is for.
 * Those that tell the app what its clients' threads do not tell in time live here.
 *
 * <p>Lives in the agent's class loader.
 */
package io.stallguard.core.engine;
