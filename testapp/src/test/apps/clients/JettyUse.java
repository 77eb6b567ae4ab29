import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;

/** Jetty's client, 12 and as it was before: one request. */
public final class JettyUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    HttpClient client = new HttpClient();
    try {
      client.start();
      client.GET(url);
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
