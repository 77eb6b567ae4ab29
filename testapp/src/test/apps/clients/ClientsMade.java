import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.eclipse.jetty.client.HttpClient;

/** Clients that are made and not used. */
public final class ClientsMade implements Consumer<String> {
  @Override
  public void accept(String url) {
    new OkHttpClient().newCall(new Request.Builder().url(url).build());
    java.net.http.HttpClient.newHttpClient();
    reactor.netty.http.client.HttpClient reactor = reactor.netty.http.client.HttpClient.create();
    reactor.warmup().block();
    reactor.get().uri(url).responseContent();
    HttpClient jetty = new HttpClient();
    try {
      jetty.start();
      jetty.newRequest(url);
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
