/**
 * The decorators of Apache HttpCore 5's own types, compiled against the floor version's public API.
 *
 * <p>Lives in a helper loader, one for each copy of HttpCore in the app.
 */
package io.stallguard.instrumentation.apachehttpclient5.helpers;
