import io.helidon.webclient.api.WebClient;
import java.util.function.Consumer;

/** Helidon's client, which takes Java 21: one stream. */
public final class HelidonUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    String unused = WebClient.create().get(url).request(String.class).entity();
  }
}
