import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.util.function.Consumer;

/** Vert.x: one request over HTTP/2, for whose answer nobody waits. */
public final class VertxHttp2Use implements Consumer<String> {
  @Override
  public void accept(String url) {
    URI target = URI.create(url);
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    HttpClient client = Vertx.vertx().createHttpClient(options);
    client.request(HttpMethod.GET, target.getPort(), target.getHost(), target.getRawPath());
  }
}
