/**
 * LLM SDKs and wrappers around other people's HTTP clients, each used as an app uses it: with its
 * own defaults, and with the end of an answer taken from where the SDK tells it.
 *
 * <p>Lives in the app loader of a JVM of its own. Compiled beside each other, run apart: each probe
 * may use its own SDK only, and gets the class path that Maven resolves for that SDK alone ({@code
 * class-paths.properties}).
 */
package io.stallguard.probes.sdk;
