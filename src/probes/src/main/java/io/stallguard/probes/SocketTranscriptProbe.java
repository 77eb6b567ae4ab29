package io.stallguard.probes;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does all that one can do with the stream of a socket, and tells what came of it: to be compared
 * with the same without an agent.
 */
final class SocketTranscriptProbe implements Probe {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 6\r\n\r\ndata:x";

  @Override
  public void run(Job job, Received received) throws Exception {
    received.head();
    // Cipher suites without certificates, so that both ends can be here.
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    for (SocketPair.Kind kind : SocketPair.Kind.values()) {
      looks(kind);
      reads(kind);
      writes(kind);
      twoReaders(kind);
      conversation(kind);
      timeouts(kind);
      halfCloses(kind);
      closes(kind);
      closesUnread(kind);
      laterMethods(kind);
    }
    unconnected();
  }

  /** Class, supertypes and members, and that it is the same one each time. */
  private static void looks(SocketPair.Kind kind) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      Socket socket = pair.client();
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      tell(kind, "in", in.getClass() + " extends " + in.getClass().getSuperclass());
      tell(kind, "out", out.getClass().toString());
      tell(kind, "file", String.valueOf(in instanceof FileInputStream));
      tell(kind, "same in", String.valueOf(in == socket.getInputStream()));
      tell(kind, "same out", String.valueOf(socket.getOutputStream() == out));
      tell(kind, "members", members(in.getClass()).toString());
      tell(kind, "loader", String.valueOf(in.getClass().getClassLoader()));
      tell(kind, "text", in.toString().replaceFirst("@.*", ""));
      tell(kind, "server in", pair.server().getInputStream().getClass().toString());
      tell(kind, "mark", String.valueOf(in.markSupported()));
      attempt(
          kind,
          "reset",
          () -> {
            in.reset();
            return "reset";
          });
      attempt(kind, "channel", () -> String.valueOf(socket.getChannel() == null));
    }
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      members.add(field.toString());
    }
    for (Method method : type.getDeclaredMethods()) {
      members.add(method.toString());
    }
    return members;
  }

  private static void reads(SocketPair.Kind kind) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      InputStream in = pair.client().getInputStream();
      attempt(kind, "available before", () -> String.valueOf(in.available()));
      attempt(kind, "nothing", () -> String.valueOf(in.read(new byte[0])));
      attempt(kind, "no array", () -> String.valueOf(in.read(null, 0, 1)));
      attempt(kind, "negative", () -> String.valueOf(in.read(new byte[4], -1, 2)));
      attempt(kind, "beyond", () -> String.valueOf(in.read(new byte[4], 3, 2)));
      attempt(kind, "skip nothing", () -> in.skip(0) + " " + in.skip(-1));
      trySend(kind, pair, "abcdefghij");
      attempt(kind, "one", () -> String.valueOf(in.read()));
      attempt(kind, "available", () -> String.valueOf(in.available()));
      byte[] bytes = new byte[6];
      attempt(kind, "some", () -> in.read(bytes, 2, 3) + Arrays.toString(bytes));
      attempt(kind, "skip", () -> String.valueOf(in.skip(2)));
      attempt(kind, "rest", () -> in.read(bytes) + Arrays.toString(bytes));
      pair.server().getOutputStream().write(0xFF);
      attempt(kind, "high", () -> String.valueOf(in.read()));
      pair.server().close();
      attempt(kind, "end", () -> in.read() + " " + in.read(bytes) + " " + in.skip(1));
      attempt(kind, "available at end", () -> String.valueOf(in.available()));
    }
  }

  /** What looks at a request must not mind what is no array. */
  private static void writes(SocketPair.Kind kind) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      OutputStream out = pair.client().getOutputStream();
      byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
      write(kind, "no array written", () -> out.write(null, 0, 20));
      write(kind, "written before", () -> out.write(request, -1, request.length));
      write(kind, "written beyond", () -> out.write(request, 0, request.length + 1));
      write(kind, "written negative", () -> out.write(request, 0, -1));
      write(kind, "written far beyond", () -> out.write(request, request.length + 9, 20));
      write(kind, "nothing written", () -> out.write(request, request.length, 0));
      write(kind, "written in two", () -> out.write(request, 0, 7));
      write(kind, "rest written", () -> out.write(request, 7, request.length - 7));
      write(kind, "written", () -> out.write(request));
      write(kind, "flushed", out::flush);
      InputStream in = pair.server().getInputStream();
      attempt(kind, "arrived", () -> text(in, 2 * request.length));
      if (kind == SocketPair.Kind.LEFT_OPEN) {
        // As in closes.
        return;
      }
      out.close();
      attempt(kind, "closed by its stream", () -> String.valueOf(pair.client().isClosed()));
      write(kind, "written closed", () -> out.write(request));
    }
  }

  private static void write(SocketPair.Kind kind, String what, Writing writing) {
    attempt(
        kind,
        what,
        () -> {
          writing.write();
          return "written";
        });
  }

  /** Each gets some of it: which, nobody knows. */
  private static void twoReaders(SocketPair.Kind kind) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      InputStream in = pair.client().getInputStream();
      List<CompletableFuture<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(CompletableFuture.supplyAsync(() -> readOne(in), SocketPair.THREADS));
      }
      TimeUnit.MILLISECONDS.sleep(100);
      trySend(kind, pair, "ab");
      int sum = 0;
      for (CompletableFuture<Integer> reader : readers) {
        sum += reader.get();
      }
      tell(kind, "two readers", String.valueOf(sum == 'a' + 'b'));
    }
  }

  /** Not by itself: streams of TLS have one place for such bytes, which the two would share. */
  private static int readOne(InputStream in) {
    byte[] one = new byte[1];
    try {
      return in.read(one) * one[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What looks like HTTP, asked for and not, and one that ends in the middle. */
  private static void conversation(SocketPair.Kind kind) throws Exception {
    for (String request : Arrays.asList("", "POST /v1 HTTP/1.1\r\nHost: a\r\n\r\n")) {
      try (SocketPair pair = SocketPair.open(kind)) {
        Socket socket = pair.client();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        trySend(kind, pair, ANSWER);
        attempt(kind, "answer", () -> text(socket.getInputStream(), ANSWER.length()));
        attempt(kind, "request", () -> text(pair.server().getInputStream(), request.length()));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        trySend(kind, pair, ANSWER.substring(0, ANSWER.length() - 2));
        // Else the end could be a reset, and overtake what was sent.
        text(pair.server().getInputStream(), request.length());
        pair.server().close();
        attempt(kind, "cut answer", () -> text(socket.getInputStream(), ANSWER.length()));
      }
    }
  }

  private static String text(InputStream in, int length) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int value = in.read();
      text.append(value < 0 ? "<end>" : String.valueOf((char) value));
    }
    return text.toString().replace("\r", "").replace("\n", "|");
  }

  private static void timeouts(SocketPair.Kind kind) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      Socket socket = pair.client();
      socket.setSoTimeout(100);
      InputStream in = socket.getInputStream();
      attempt(kind, "timeout", () -> String.valueOf(in.read()));
      attempt(kind, "timeout again", () -> String.valueOf(in.read(new byte[9], 1, 2)));
      trySend(kind, pair, "x");
      attempt(kind, "after timeout", () -> String.valueOf(in.read()));
      attempt(kind, "timeout of a skip", () -> String.valueOf(in.skip(3)));
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      trySend(kind, pair, ANSWER.substring(0, ANSWER.length() - 1));
      attempt(kind, "timeout in a body", () -> text(in, ANSWER.length()));
      attempt(kind, "limit", () -> String.valueOf(socket.getSoTimeout()));
    }
  }

  private static void halfCloses(SocketPair.Kind kind) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      Socket socket = pair.client();
      InputStream in = socket.getInputStream();
      attempt(
          kind,
          "close output",
          () -> {
            socket.shutdownOutput();
            return "closed";
          });
      attempt(kind, "server sees", () -> String.valueOf(pair.server().getInputStream().read()));
      trySend(kind, pair, "x");
      attempt(kind, "reads on", () -> String.valueOf(in.read()));
      attempt(
          kind,
          "write",
          () -> {
            socket.getOutputStream().write(1);
            return "written";
          });
      attempt(
          kind,
          "close input",
          () -> {
            socket.shutdownInput();
            return "closed";
          });
      attempt(kind, "read after", () -> String.valueOf(in.read()));
      attempt(kind, "available after", () -> String.valueOf(in.available()));
      attempt(kind, "stream after", () -> String.valueOf(in == socket.getInputStream()));
    }
  }

  private static void closes(SocketPair.Kind kind) throws Exception {
    if (kind == SocketPair.Kind.LEFT_OPEN) {
      // By itself the JDK waits for ever there: for the reader, who waits for the peer.
      return;
    }
    try (SocketPair pair = SocketPair.open(kind)) {
      Socket socket = pair.client();
      InputStream in = socket.getInputStream();
      CompletableFuture<String> blocked =
          CompletableFuture.supplyAsync(
              () -> outcome(() -> String.valueOf(in.read())), SocketPair.THREADS);
      TimeUnit.MILLISECONDS.sleep(200);
      in.close();
      String seen = blocked.get();
      // The JDK itself is of two minds about a TLS socket that is closed under its reader.
      boolean tls = kind.compareTo(SocketPair.Kind.TLS) >= 0;
      tell(kind, "closed under a read", tls ? "released" : seen);
      tell(kind, "is closed", String.valueOf(socket.isClosed()));
      if (tls) {
        tell(kind, "read under which it was closed", over(outcome(() -> "" + in.read())));
      } else {
        afterClose(kind, socket, in);
      }
    }
  }

  /**
   * Who ended a connection of TLS that was closed under a read, its reader or its closer, varies.
   */
  private static String over(String outcome) {
    return outcome.equals("-1") || outcome.contains("Exception") ? "over" : outcome;
  }

  private static void closesUnread(SocketPair.Kind kind) throws Exception {
    if (kind == SocketPair.Kind.LEFT_OPEN) {
      return;
    }
    try (SocketPair pair = SocketPair.open(kind)) {
      InputStream in = pair.client().getInputStream();
      in.close();
      afterClose(kind, pair.client(), in);
    }
  }

  private static void afterClose(SocketPair.Kind kind, Socket socket, InputStream in) {
    attempt(kind, "read closed", () -> String.valueOf(in.read()));
    attempt(kind, "read some closed", () -> String.valueOf(in.read(new byte[2])));
    if (kind.compareTo(SocketPair.Kind.TLS) < 0) {
      // Of TLS, Java 8 now and then hangs there for ever.
      attempt(kind, "skip closed", () -> String.valueOf(in.skip(1)));
    }
    attempt(kind, "available closed", () -> String.valueOf(in.available()));
    attempt(kind, "stream of closed", () -> String.valueOf(socket.getInputStream() == in));
    attempt(
        kind,
        "close again",
        () -> {
          in.close();
          return "closed";
        });
  }

  /** By name: Java 8 does not have them. */
  private static void laterMethods(SocketPair.Kind kind) throws Exception {
    try (SocketPair pair = SocketPair.open(kind)) {
      InputStream in = pair.client().getInputStream();
      trySend(kind, pair, "abcdefgh");
      attempt(kind, "readNBytes", () -> called(in, "readNBytes", 3));
      attempt(kind, "skipNBytes", () -> called(in, "skipNBytes", 2L));
      pair.server().close();
      attempt(kind, "readAllBytes", () -> called(in, "readAllBytes"));
    }
  }

  private static String called(InputStream in, String name, Object... arguments) throws Exception {
    for (Method method : InputStream.class.getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        return shown(method, in, arguments);
      }
    }
    return "no such method";
  }

  private static String shown(Method method, InputStream in, Object[] arguments) throws Exception {
    try {
      Object result = method.invoke(in, arguments);
      return result instanceof byte[] ? Arrays.toString((byte[]) result) : String.valueOf(result);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }

  private static void unconnected() throws Exception {
    try (Socket socket = new Socket();
        ServerSocket server = new ServerSocket()) {
      attempt(SocketPair.Kind.PLAIN, "unconnected", () -> socket.getInputStream().toString());
      attempt(SocketPair.Kind.PLAIN, "unbound", () -> server.accept().toString());
    }
  }

  private static void attempt(SocketPair.Kind kind, String what, Callable<String> operation) {
    tell(kind, what, outcome(operation));
  }

  private static void trySend(SocketPair.Kind kind, SocketPair pair, String text) {
    attempt(
        kind,
        "send",
        () -> {
          pair.send(text);
          return "sent";
        });
  }

  private static String outcome(Callable<String> operation) {
    try {
      return operation.call();
    } catch (Throwable t) {
      return t + (t.getCause() == null ? "" : " <- " + t.getCause());
    }
  }

  private static void tell(SocketPair.Kind kind, String what, String outcome) {
    System.out.println("TRANSCRIPT " + kind + " " + what + ": " + outcome.replace('\n', ' '));
  }

  /** A write of any kind. */
  private interface Writing {
    void write() throws IOException;
  }
}
