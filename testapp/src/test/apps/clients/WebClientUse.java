import java.util.function.Consumer;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring's WebClient on Reactor Netty: one stream. */
public final class WebClientUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    WebClient.create().get().uri(url).retrieve().bodyToFlux(byte[].class).blockLast();
  }
}
