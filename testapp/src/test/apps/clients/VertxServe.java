import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Vert.x: a server that answers one request. */
public final class VertxServe implements Consumer<String> {
  @Override
  public void accept(String unused) {
    Vertx vertx = Vertx.vertx();
    CompletableFuture<HttpServer> there = new CompletableFuture<>();
    vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("served"))
        .listen(0, "127.0.0.1")
        .onComplete(result -> there.complete(result.result()));
    PlainGet.send(there.orTimeout(30, TimeUnit.SECONDS).join().actualPort());
    vertx.close();
  }
}
