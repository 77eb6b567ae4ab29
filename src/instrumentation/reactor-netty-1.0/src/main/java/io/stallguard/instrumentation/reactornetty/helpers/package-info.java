/** What stands between Reactor Netty and its consumers. Lives in a helper loader. */
package io.stallguard.instrumentation.reactornetty.helpers;
