/**
 * The decorators of {@code java.net.http} types.
 *
 * <p>Lives in a helper loader above the platform loader.
 */
package io.stallguard.instrumentation.javahttpclient.helpers;
