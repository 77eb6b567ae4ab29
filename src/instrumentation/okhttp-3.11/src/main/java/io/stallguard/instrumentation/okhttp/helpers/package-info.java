/**
 * The decorators of OkHttp's own types, compiled against the floor version's public API.
 *
 * <p>Lives in a helper loader, one for each copy of OkHttp in the app.
 */
package io.stallguard.instrumentation.okhttp.helpers;
