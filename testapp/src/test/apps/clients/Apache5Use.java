import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The blocking Apache HttpClient 5: one stream. */
public final class Apache5Use implements Consumer<String> {
  @Override
  public void accept(String url) {
    try (CloseableHttpClient client = HttpClients.createMinimal()) {
      client.execute(
          new HttpGet(url),
          response -> {
            return EntityUtils.toString(response.getEntity());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
