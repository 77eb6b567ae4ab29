import java.util.function.Consumer;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** The AWS SDK over Netty: one request. */
public final class AwsNettyUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    AwsRequest.send(NettyNioAsyncHttpClient.create(), url);
  }
}
