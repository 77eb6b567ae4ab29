package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server of HTTP/1.1 that answers {@code /play/form/path} in that form: a thousand answers at
 * once, with a few threads.
 */
final class FormServer implements AutoCloseable {
  private static final int THREADS = 4;

  /** All clients may connect at once. */
  private static final int BACKLOG = 4096;

  private static final int HEAD_BYTES = 8192;
  private static final Pattern PATH = Pattern.compile("^\\S+ /([^/]+)/([^/]+)/");
  private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *(\\d+)");

  private final Map<String, WireForm> forms;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS);
  private final AsynchronousChannelGroup group;
  private final AsynchronousServerSocketChannel server;

  private FormServer(List<WireForm> forms) throws IOException {
    this.forms = forms.stream().collect(Collectors.toMap(WireForm::name, Function.identity()));
    this.group = AsynchronousChannelGroup.withFixedThreadPool(THREADS, Thread::new);
    this.server = AsynchronousServerSocketChannel.open(group);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
  }

  static FormServer start(List<WireForm> forms) {
    try {
      FormServer started = new FormServer(forms);
      started.accept();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where an answer in this form is to be had. */
  String url(FormPlay play, WireForm form) {
    try {
      InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
      String base = "http://127.0.0.1:" + address.getPort();
      return base + "/" + play.pathName() + "/" + form.name() + form.path();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    server.accept(
        null,
        new CompletionHandler<AsynchronousSocketChannel, Void>() {
          @Override
          public void completed(AsynchronousSocketChannel connection, Void nothing) {
            accept();
            read(connection, ByteBuffer.allocate(HEAD_BYTES));
          }

          @Override
          public void failed(Throwable failure, Void nothing) {
            // The server was closed.
          }
        });
  }

  private void read(AsynchronousSocketChannel connection, ByteBuffer request) {
    connection.read(
        request,
        null,
        new CompletionHandler<Integer, Void>() {
          @Override
          public void completed(Integer count, Void nothing) {
            String text = new String(request.array(), 0, request.position(), ISO_8859_1);
            if (isWhole(text)) {
              timer.execute(() -> answer(connection, text));
            } else if (count >= 0) {
              read(connection, request);
            }
          }

          @Override
          public void failed(Throwable failure, Void nothing) {
            // The client has gone.
          }
        });
  }

  private static boolean isWhole(String request) {
    int end = request.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(request.toLowerCase(Locale.ROOT));
    int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return end >= 0 && request.length() >= end + 4 + body;
  }

  private void answer(AsynchronousSocketChannel connection, String request) {
    Matcher path = PATH.matcher(request);
    if (!path.find()) {
      throw new IllegalArgumentException(request);
    }
    FormPlay play = FormPlay.valueOf(path.group(1).toUpperCase(Locale.ROOT));
    WireForm form = forms.get(path.group(2));
    String type = form.type().isEmpty() ? "" : "Content-Type: " + form.type() + "\r\n";
    String head =
        "HTTP/1.1 200 OK\r\n" + type + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    if (write(connection, head.getBytes(ISO_8859_1))) {
      play(connection, play.pieces(form).iterator(), play.closes(form));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What comes of a piece, its writing tells.
  private void play(AsynchronousSocketChannel connection, Iterator<byte[]> pieces, boolean closes) {
    if (!pieces.hasNext()) {
      if (closes) {
        write(connection, "0\r\n\r\n".getBytes(ISO_8859_1));
      }
      return;
    }
    if (write(connection, chunk(pieces.next()))) {
      timer.schedule(
          () -> play(connection, pieces, closes), FormPlay.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** An empty piece is no chunk: that would be the last. */
  private static byte[] chunk(byte[] piece) {
    if (piece.length == 0) {
      return piece;
    }
    byte[] head = (Integer.toHexString(piece.length) + "\r\n").getBytes(ISO_8859_1);
    return ByteBuffer.allocate(head.length + piece.length + 2)
        .put(head)
        .put(piece)
        .put("\r\n".getBytes(ISO_8859_1))
        .array();
  }

  /** False if the client has gone. */
  private static boolean write(AsynchronousSocketChannel connection, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (buffer.hasRemaining()) {
        connection.write(buffer).get();
      }
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      group.shutdownNow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
