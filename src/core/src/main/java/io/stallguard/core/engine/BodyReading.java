package io.stallguard.core.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a thread's stack whether it waits for an answer or its body, and of which client. Any
 * thread.
 */
public final class BodyReading {
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

  /**
   * How names of classes begin that are none of the app's: the JDK, clients and what they stand on.
   */
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

  /**
   * How names of classes begin whose threads read from sockets as long as they live, and mostly
   * wait for nothing.
   */
  private static final String[] SERVERS = {"sun.rmi.", "okhttp3.internal.http2."};

  /** The clients whose bodies are read so, beside what they stand on. */
  private static final String[] CLIENTS = {
    "sun.net.www.protocol.http",
    "jdk.internal.net.http.HttpClientImpl",
    "okhttp3.",
    "org.apache.http.impl.",
    "org.apache.hc.client5."
  };

  /** How names of our own decorators begin. */
  private static final String[] OURS = {"io.stallguard.core.", "io.stallguard.instrumentation."};

  /**
   * How names of classes begin that read below the content of a TLS connection: they have no tap of
   * ours, old or new.
   */
  private static final String[] TLS = {"sun.security.ssl.", "org.conscrypt."};

  private static final String WRAPPED_STREAM = "java.net.Socket$SocketInputStream";

  private BodyReading() {}

  /** Whether what is read was opened after the agent came, as a decorator of ours takes part. */
  public static boolean isOurs(StackTraceElement[] stack) {
    return has(OURS, stack);
  }

  private static boolean has(String[] begins, StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (isAny(begins, frame.getClassName())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the socket that is read was opened before the agent came: else a decorator of ours
   * would be on this stack. Known from Java 13 on, and without TLS.
   */
  public static boolean isEarlierForSure(StackTraceElement[] stack) {
    return has(new String[] {WRAPPED_STREAM}, stack) && !has(TLS, stack) && !isOurs(stack);
  }

  public static boolean isOfApp(StackTraceElement frame) {
    return !isAny(NO_APP, frame.getClassName());
  }

  /** The module for the client whose body is read, or null if none is. */
  public static @Nullable String clientOf(StackTraceElement[] stack) {
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

  /** The module for the client that is waited in for a whole answer, or null if none is. */
  public static @Nullable String waitOf(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("jdk.internal.net.http.HttpClientImpl")
          && frame.getMethodName().equals("send")) {
        return "java-http-client";
      }
    }
    return null;
  }

  /** Whether a client is at work on this thread: it connects, say, or waits for a head. */
  public static boolean isInClient(StackTraceElement[] stack) {
    return has(CLIENTS, stack);
  }

  /** Whether the thread reads from a blocking socket, for whatever purpose. */
  public static boolean isSocket(StackTraceElement[] stack) {
    boolean found = false;
    for (StackTraceElement frame : stack) {
      String type = frame.getClassName();
      if (isAny(SERVERS, type)) {
        return false;
      }
      found |=
          frame.getMethodName().equals("read")
              && (type.equals("java.net.SocketInputStream") || type.equals(WRAPPED_STREAM));
    }
    return found;
  }

  /** The frame of the app that reads, or the outermost one. */
  public static StackTraceElement callerOf(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (isOfApp(frame)) {
        return frame;
      }
    }
    return stack[stack.length - 1];
  }

  private static boolean isAny(String[] begins, String type) {
    for (String begin : begins) {
      if (type.startsWith(begin)) {
        return true;
      }
    }
    return false;
  }
}
