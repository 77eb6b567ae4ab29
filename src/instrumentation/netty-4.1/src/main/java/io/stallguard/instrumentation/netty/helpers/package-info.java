/**
 * The handler that guards, and what it knows of messages and frames, compiled against the floor
 * version's public API.
 *
 * <p>Lives in a helper loader, one for each module and each copy of Netty in the app.
 */
package io.stallguard.instrumentation.netty.helpers;
