import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import java.util.function.Consumer;

/** Armeria: a server that answers one request. */
public final class ArmeriaServe implements Consumer<String> {
  @Override
  public void accept(String unused) {
    Server server =
        Server.builder().http(0).service("/", (context, request) -> HttpResponse.of("served")).build();
    server.start().join();
    PlainGet.send(server.activeLocalPort());
    server.stop().join();
  }
}
