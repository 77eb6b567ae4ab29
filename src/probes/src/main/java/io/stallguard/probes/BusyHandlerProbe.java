package io.stallguard.probes;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * A stream of a client on Netty that something else keeps from going on, from the head on: the
 * handler of another answer, which blocks the one event loop, answers that nobody reads on the same
 * connection, or a scheduler that is busy. The form says the client and what.
 */
final class BusyHandlerProbe implements Probe {
  private static final int MANY = 100;
  private static final int SIBLINGS = 1;

  @Override
  public void run(Job job, Received received) throws Exception {
    EventLoopGroup loop = new NioEventLoopGroup(1);
    received.isPauseDue();
    Futures.await(
        job.form().startsWith("async")
            ? OnAsyncHttpClient.read(loop, job, received)
            : OnReactor.read(loop, job, received));
  }

  /** Apart, because only one of the clients is there. */
  private static final class OnReactor {
    static CompletableFuture<Void> read(EventLoopGroup loop, Job job, Received received) {
      HttpClient client =
          HttpClient.create(ConnectionProvider.create("busy", MANY))
              .protocol(protocol(job))
              .runOn(loop);
      HttpClient plain = job.url().startsWith("https") ? client.secure() : client;
      Scheduler scheduler = Schedulers.newSingle("busy", true);
      Flux<byte[]> bytes =
          bytes(
              plain.doOnResponse(
                  (response, connection) -> {
                    received.head();
                    keepBusy(plain, job, scheduler);
                  }),
              job);
      return (job.form().endsWith("publish-on") ? bytes.publishOn(scheduler) : bytes)
          .doOnNext(piece -> received.add(piece, piece.length))
          .then()
          .toFuture();
    }

    private static HttpProtocol protocol(Job job) {
      if (!job.http2()) {
        return HttpProtocol.HTTP11;
      }
      return job.url().startsWith("https") ? HttpProtocol.H2 : HttpProtocol.H2C;
    }

    private static Flux<byte[]> bytes(HttpClient client, Job job) {
      return client
          .post()
          .uri(job.url())
          .responseContent()
          .asByteArray()
          .filter(piece -> piece.length > 0);
    }

    private static void keepBusy(HttpClient client, Job job, Scheduler scheduler) {
      switch (job.form()) {
        case "reactor-handler":
          client
              .get()
              .uri(BusyTurn.unguarded(job))
              .responseContent()
              .aggregate()
              .asString()
              .subscribe(text -> BusyTurn.sleep(job));
          break;
        case "reactor-unread":
          for (int i = 0; i < SIBLINGS; i++) {
            bytes(client, BusyTurn.sibling(job, "slow-consumer;burst-bytes=300000"))
                .subscribe(new ByteArrays(new Received(job.pauseMillis())));
          }
          break;
        case "reactor-publish-on":
          scheduler.schedule(() -> BusyTurn.sleep(job));
          break;
        default:
          throw job.unknownForm();
      }
    }
  }

  /** The same on AsyncHttpClient. */
  private static final class OnAsyncHttpClient {
    @SuppressWarnings("FutureReturnValueIgnored") // The handlers are told.
    static CompletableFuture<Void> read(EventLoopGroup loop, Job job, Received received) {
      AsyncHttpClient client =
          Dsl.asyncHttpClient(
              new DefaultAsyncHttpClientConfig.Builder().setEventLoopGroup(loop).build());
      BusyLoopProbe.Parts parts =
          new BusyLoopProbe.Parts(
              received,
              () -> {
                received.head();
                client.executeRequest(
                    new RequestBuilder().setUrl(BusyTurn.unguarded(job)), new Blocking(job));
              });
      client.executeRequest(new RequestBuilder("POST").setUrl(job.url()).setBody("{}"), parts);
      return parts.done();
    }
  }

  /** Blocks the event loop when its answer has come. */
  private static final class Blocking extends AsyncCompletionHandler<Boolean> {
    private final Job job;

    Blocking(Job job) {
      this.job = job;
    }

    @Override
    public Boolean onCompleted(Response response) {
      BusyTurn.sleep(job);
      return true;
    }
  }
}
