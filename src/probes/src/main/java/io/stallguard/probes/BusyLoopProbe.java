package io.stallguard.probes;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.RequestBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * A stream of a client on Netty whose one event loop is busy with tasks of the app's, from the head
 * on. The form says the client, the transport, and whether the loop is shut down during the first
 * task.
 */
final class BusyLoopProbe implements Probe {
  /** Longer than the limit of the tests, shorter than the task that such a job has. */
  private static final long SHUT_DOWN_MILLIS = 4_000;

  @Override
  public void run(Job job, Received received) throws Exception {
    EventLoopGroup loop =
        job.form().contains("epoll") ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
    Runnable head =
        () -> {
          received.head();
          keepBusy(loop, job);
        };
    Futures.await(
        job.form().startsWith("reactor")
            ? OnReactor.read(loop, job, received, head)
            : OnAsyncHttpClient.read(loop, job, received, head));
  }

  private static void keepBusy(EventLoopGroup loop, Job job) {
    Future<?> unused =
        loop.next()
            .scheduleWithFixedDelay(() -> sleep(job.pauseMillis()), 0, 1, TimeUnit.MILLISECONDS);
    if (job.form().endsWith("shut-down")) {
      Thread closer = new Thread(() -> shutDown(loop));
      closer.setDaemon(true);
      closer.start();
    }
  }

  /**
   * Shuts a loop down as an executor is shut down: the channels that are open do not hear of it.
   */
  private static void shutDown(EventLoopGroup loop) {
    sleep(SHUT_DOWN_MILLIS);
    loop.shutdownNow();
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Apart, because only one of the clients is there. */
  private static final class OnReactor {
    static CompletableFuture<Void> read(
        EventLoopGroup loop, Job job, Received received, Runnable head) {
      return HttpClient.newConnection()
          .runOn(loop)
          .doOnResponse((response, connection) -> head.run())
          .post()
          .uri(job.url())
          .send((request, outbound) -> outbound.sendString(Mono.just("{}")))
          .responseContent()
          .asByteArray()
          .doOnNext(bytes -> received.add(bytes, bytes.length))
          .then()
          .toFuture();
    }
  }

  /** The same on AsyncHttpClient. */
  private static final class OnAsyncHttpClient {
    @SuppressWarnings("FutureReturnValueIgnored") // The handler is told of all that becomes of it.
    static CompletableFuture<Void> read(
        EventLoopGroup loop, Job job, Received received, Runnable head) {
      AsyncHttpClient client =
          Dsl.asyncHttpClient(
              new DefaultAsyncHttpClientConfig.Builder().setEventLoopGroup(loop).build());
      Parts parts = new Parts(received, head);
      client.executeRequest(
          new RequestBuilder(job.method()).setUrl(job.url()).setBody("{}").build(), parts);
      return parts.done;
    }
  }

  /** Takes parts on the event loop. */
  static final class Parts implements AsyncHandler<Void> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Received received;
    private final Runnable head;

    Parts(Received received, Runnable head) {
      this.received = received;
      this.head = head;
    }

    CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public State onStatusReceived(HttpResponseStatus status) {
      head.run();
      return State.CONTINUE;
    }

    @Override
    public State onHeadersReceived(HttpHeaders headers) {
      return State.CONTINUE;
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart part) {
      byte[] bytes = part.getBodyPartBytes();
      // An empty one is the end.
      if (bytes.length > 0) {
        received.add(bytes, bytes.length);
      }
      return State.CONTINUE;
    }

    @Override
    public void onThrowable(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public Void onCompleted() {
      done.complete(null);
      return null;
    }
  }
}
