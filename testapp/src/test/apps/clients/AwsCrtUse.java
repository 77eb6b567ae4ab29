import java.util.function.Consumer;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;

/** The AWS SDK over its native client: one request. */
public final class AwsCrtUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    AwsRequest.send(AwsCrtAsyncHttpClient.create(), url);
  }
}
