import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import java.net.URI;
import java.util.function.Consumer;

/** Armeria: one request by its client. */
public final class ArmeriaUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    URI target = URI.create(url);
    try (ClientFactory factory = ClientFactory.builder().preferHttp1(true).build()) {
      WebClient.builder("h1c://" + target.getAuthority())
          .factory(factory)
          .build()
          .get(target.getRawPath())
          .aggregate()
          .join();
    }
  }
}
