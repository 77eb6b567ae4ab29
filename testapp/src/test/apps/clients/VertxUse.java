import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Vert.x: one request by its client. */
public final class VertxUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    URI target = URI.create(url);
    Vertx vertx = Vertx.vertx();
    CompletableFuture<Object> done = new CompletableFuture<>();
    HttpClient client = vertx.createHttpClient();
    client
        .request(HttpMethod.GET, target.getPort(), target.getHost(), target.getRawPath())
        .compose(request -> request.send())
        .compose(HttpClientResponse::body)
        .onComplete(result -> done.complete(result));
    done.orTimeout(30, TimeUnit.SECONDS).join();
    vertx.close();
  }
}
