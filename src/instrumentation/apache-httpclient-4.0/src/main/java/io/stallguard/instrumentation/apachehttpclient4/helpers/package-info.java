/**
 * The decorators of Apache HttpCore 4's own types, compiled against the floor version's public API.
 *
 * <p>Lives in a helper loader, one for each copy of HttpCore in the app.
 */
package io.stallguard.instrumentation.apachehttpclient4.helpers;
