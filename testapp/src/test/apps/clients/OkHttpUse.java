import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp: one stream. */
public final class OkHttpUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    OkHttpClient client = new OkHttpClient();
    try (Response response =
        client.newCall(new Request.Builder().url(url).build()).execute()) {
      String unused = response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
