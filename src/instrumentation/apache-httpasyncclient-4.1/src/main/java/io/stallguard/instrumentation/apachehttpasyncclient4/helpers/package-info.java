/**
 * The decorators of Apache HttpAsyncClient 4's own types, compiled against the floor version's
 * public API.
 *
 * <p>Lives in a helper loader, one for each copy of the client in the app.
 */
package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;
