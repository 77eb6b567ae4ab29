import io.ktor.client.HttpClient;
import io.ktor.client.HttpClientKt;
import io.ktor.client.engine.cio.CIO;
import io.ktor.client.request.HttpRequestBuilder;
import io.ktor.client.request.HttpRequestKt;
import io.ktor.client.statement.HttpStatement;
import java.util.function.Consumer;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/** Ktor's engine CIO: one request. */
public final class KtorCioUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    HttpClient client = HttpClientKt.HttpClient(CIO.INSTANCE, config -> Unit.INSTANCE);
    HttpRequestBuilder request = new HttpRequestBuilder();
    HttpRequestKt.url(request, url);
    try {
      Object unused =
          BuildersKt.<Object>runBlocking(
              EmptyCoroutineContext.INSTANCE,
              (scope, whenDone) ->
                  new HttpStatement(request, client)
                      .execute((response, whenRead) -> Unit.INSTANCE, whenDone));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    client.close();
  }
}
