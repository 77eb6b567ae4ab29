package io.stallguard.testing.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** Reads each request to its end and plays the script that it asks for. */
final class StallHandler extends Handler.Abstract.NonBlocking {

  private final Routes routes = new Routes();
  private final Backstage stage;

  StallHandler(Backstage stage) {
    this.stage = stage;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SeenExchange exchange = stage.log().open(request);
    Content.Source.asByteBuffer(
        request,
        Promise.from(
            body -> play(request, response, callback, exchange, body),
            failure -> {
              exchange.ended(SeenEnding.CLOSED);
              stage.log().changed();
              callback.failed(failure);
            }));
    return true;
  }

  private void play(
      Request request,
      Response response,
      Callback callback,
      SeenExchange exchange,
      ByteBuffer body) {
    byte[] bytes = BufferUtil.toArray(body);
    HttpURI uri = request.getHttpURI();
    Script script = routes.script(request.getMethod(), uri.getPath(), uri.getQuery(), bytes);
    exchange.requested(script.label(), bytes.length);
    stage.log().changed();
    new Playback(request, response, callback, script, exchange, stage).start();
  }
}
