/** The way for benchmarks to Apache's decorator, which nobody else is to make. */
package io.stallguard.instrumentation.apachehttpclient5.helpers;
