/** The way for benchmarks to Reactor Netty's decorator, which nobody else is to make. */
package io.stallguard.instrumentation.reactornetty.helpers;
