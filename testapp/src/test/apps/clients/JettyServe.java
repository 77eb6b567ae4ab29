import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty 12: a server that answers one request. */
public final class JettyServe implements Consumer<String> {
  @Override
  public void accept(String unused) {
    Server server = new Server(0);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.write(true, ByteBuffer.wrap("served".getBytes()), callback);
            return true;
          }
        });
    try {
      server.start();
      PlainGet.send(((ServerConnector) server.getConnectors()[0]).getLocalPort());
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
