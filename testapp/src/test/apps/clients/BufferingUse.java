import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;

/** The JDK's client, its input stream behind a subscriber that gathers bytes. */
public final class BufferingUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    try {
      HttpClient.newHttpClient()
          .send(request, BodyHandlers.buffering(BodyHandlers.ofInputStream(), 1000))
          .body()
          .readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
