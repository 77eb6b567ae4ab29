package io.stallguard.core;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells by a thread's stack whether it reads the body of an answer, and of which client. */
final class BodyReading {
  // Where a client reads a body and nothing else: a reader of heads, or one that serves a whole
  // connection of HTTP/2, is not among these classes.

  private static final Map<String, String> READERS = new LinkedHashMap<>();

  static {
    READERS.put(
        "sun.net.www.protocol.http.HttpURLConnection$HttpInputStream", "http-url-connection");
    READERS.put(
        "jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream", "java-http-client");
    READERS.put("okhttp3.internal.http1.Http1ExchangeCodec$", "okhttp");
    READERS.put("okhttp3.internal.http1.Http1Codec$", "okhttp");
    READERS.put("okhttp3.internal.http2.Http2Stream$FramingSource", "okhttp");
    for (String type :
        new String[] {"ChunkedInputStream", "ContentLengthInputStream", "IdentityInputStream"}) {
      READERS.put("org.apache.http.impl.io." + type, "apache-httpclient-4");
      READERS.put("org.apache.hc.core5.http.impl.io." + type, "apache-httpclient-5");
    }
  }

  /** The JDK, clients and what they stand on. */
  private static final String[] NO_APP = {
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "okhttp3.",
    "okio.",
    "org.apache.http.",
    "org.apache.hc.",
    "kotlin."
  };

  private BodyReading() {}

  /** The module for the client whose body is read, or null if none is. */
  static @Nullable String clientOf(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getMethodName().startsWith("read")) {
        for (Map.Entry<String, String> reader : READERS.entrySet()) {
          if (frame.getClassName().startsWith(reader.getKey())) {
            return reader.getValue();
          }
        }
      }
    }
    return null;
  }

  /** The frame of the app that reads, or the outermost one. */
  static StackTraceElement callerOf(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (isOfApp(frame.getClassName())) {
        return frame;
      }
    }
    return stack[stack.length - 1];
  }

  private static boolean isOfApp(String type) {
    for (String begin : NO_APP) {
      if (type.startsWith(begin)) {
        return false;
      }
    }
    return true;
  }
}
