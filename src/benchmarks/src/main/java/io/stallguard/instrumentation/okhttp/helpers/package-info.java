/** The way for benchmarks to OkHttp's decorator, which nobody else is to make. */
package io.stallguard.instrumentation.okhttp.helpers;
