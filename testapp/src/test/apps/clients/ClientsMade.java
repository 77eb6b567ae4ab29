import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import reactor.netty.http.client.HttpClient;

/** Clients that are made and not used. */
public final class ClientsMade implements Consumer<String> {
  @Override
  public void accept(String url) {
    new OkHttpClient().newCall(new Request.Builder().url(url).build());
    java.net.http.HttpClient.newHttpClient();
    HttpClient netty = HttpClient.create();
    netty.warmup().block();
    netty.get().uri(url).responseContent();
    org.eclipse.jetty.client.HttpClient jetty = new org.eclipse.jetty.client.HttpClient();
    try {
      jetty.start();
      jetty.newRequest(url);
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
