package io.stallguard.benchmarks.busy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import okio.Okio;

/** A way to wait for bytes that do not come, with a limit. */
enum Wait {
  AGENT("the agent (HttpURLConnection)") {
    @Override
    long through(SilentServer server, long limitNanos) throws IOException {
      HttpURLConnection connection =
          (HttpURLConnection) new URL(server.url("/v1/messages")).openConnection();
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write("{}".getBytes(StandardCharsets.UTF_8));
      }
      try (InputStream in = connection.getInputStream()) {
        return ofReads(in);
      }
    }
  },

  AGENT_OKHTTP("the agent (OkHttp)") {
    @Override
    long through(SilentServer server, long limitNanos) throws IOException {
      Request request =
          new Request.Builder()
              .url(server.url("/v1/messages"))
              .post(RequestBody.create("{}".getBytes(StandardCharsets.UTF_8)))
              .build();
      try (Response response = Clients.OKHTTP.newCall(request).execute()) {
        return ofReads(response.body().byteStream());
      }
    }
  },

  AGENT_JDK("the agent (java.net.http)") {
    @Override
    long through(SilentServer server, long limitNanos) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url("/v1/messages")))
              .POST(BodyPublishers.ofString("{}"))
              .build();
      try (InputStream in = Clients.JDK.send(request, BodyHandlers.ofInputStream()).body()) {
        return ofReads(in);
      }
    }
  },

  SO_TIMEOUT("SO_TIMEOUT") {
    @Override
    long through(SilentServer server, long limitNanos) throws IOException {
      try (Socket socket = new Socket()) {
        socket.connect(server.address());
        socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(limitNanos));
        return ofReads(socket.getInputStream());
      }
    }
  },

  OKIO("Okio's timeout") {
    @Override
    long through(SilentServer server, long limitNanos) throws IOException {
      try (Socket socket = new Socket()) {
        socket.connect(server.address());
        BufferedSource source = Okio.buffer(Okio.source(socket));
        source.timeout().timeout(limitNanos, TimeUnit.NANOSECONDS);
        return ofReads(source.inputStream());
      }
    }
  },

  NETTY("Netty's ReadTimeoutHandler") {
    @Override
    long through(SilentServer server, long limitNanos)
        throws InterruptedException, TimeoutException {
      CompletableFuture<Long> silence = new CompletableFuture<>();
      Bootstrap client =
          new Bootstrap()
              .group(EventLoop.GROUP)
              .channel(NioSocketChannel.class)
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel
                          .pipeline()
                          .addLast(new ReadTimeoutHandler(limitNanos, TimeUnit.NANOSECONDS))
                          .addLast(new Timed(silence));
                    }
                  });
      ChannelFuture unused = client.connect(server.address());
      return await(silence);
    }
  },

  HTTP_REQUEST("HttpRequest.timeout (head)") {
    @Override
    long through(SilentServer server, long limitNanos) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url(SilentServer.MUTE)))
              .timeout(Duration.ofNanos(limitNanos))
              .build();
      long began = System.nanoTime();
      try {
        Clients.JDK.send(request, BodyHandlers.discarding());
        throw new IOException("answered");
      } catch (HttpTimeoutException e) {
        return System.nanoTime() - began;
      }
    }
  };

  private final String shown;

  Wait(String shown) {
    this.shown = shown;
  }

  String shown() {
    return shown;
  }

  /** Waits for as long as it takes, and returns how long the silence was. */
  abstract long through(SilentServer server, long limitNanos)
      throws IOException, InterruptedException, TimeoutException;

  private static long ofReads(InputStream in) throws IOException {
    byte[] buffer = new byte[1024];
    long began = System.nanoTime();
    try {
      while (in.read(buffer) >= 0) {
        began = System.nanoTime();
      }
      throw new IOException("ended");
    } catch (SocketTimeoutException | HttpTimeoutException e) {
      return System.nanoTime() - began;
    } catch (IOException e) {
      if (e.getCause() instanceof HttpTimeoutException) {
        return System.nanoTime() - began;
      }
      throw e;
    }
  }

  private static long await(CompletableFuture<Long> silence)
      throws InterruptedException, TimeoutException {
    try {
      return silence.get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The event loop that all waits share, as an app has it. */
  private static final class EventLoop {
    static final EventLoopGroup GROUP =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  /** The clients that all waits share, one of each kind, as an app has them. */
  private static final class Clients {
    static final HttpClient JDK = HttpClient.newHttpClient();

    /** Without a timeout of its own. */
    static final OkHttpClient OKHTTP =
        new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
  }

  /** Takes the time from the connection to the timeout. */
  private static final class Timed extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Long> silence;
    private long began;

    Timed(CompletableFuture<Long> silence) {
      this.silence = silence;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      began = System.nanoTime();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      ChannelFuture unused = context.close();
      if (cause instanceof ReadTimeoutException) {
        silence.complete(System.nanoTime() - began);
      } else {
        silence.completeExceptionally(cause);
      }
    }
  }
}
