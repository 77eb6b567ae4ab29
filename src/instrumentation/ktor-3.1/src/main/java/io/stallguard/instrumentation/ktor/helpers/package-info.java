/** What tells Ktor's failures by us from others. Lives in a helper loader. */
package io.stallguard.instrumentation.ktor.helpers;
