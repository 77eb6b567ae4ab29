package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.jspecify.annotations.Nullable;

/** The response head of one exchange, which is waited for once the request has been sent. */
final class AwaitedHead {
  // The end of a request may be sent by any thread of the app, and its answer may come before that
  // thread is back. Under the lock nothing is called that could block.

  /** The method of a request to a proxy, which is none of ours. */
  private static final String TUNNEL = "CONNECT";

  private final Engine engine;
  private final ExchangeAbort abort;
  private @Nullable HttpRequest request;
  private @Nullable Lane lane;
  private @Nullable Guard guard;
  private boolean answered;

  AwaitedHead(Engine engine, ExchangeAbort abort) {
    this.engine = engine;
    this.abort = abort;
  }

  /**
   * Sees what request is sent.
   *
   * @param lane on which the answer will come, null if the connection is its own
   */
  RequestChannel watching(RequestChannel channel, @Nullable Lane lane) {
    return (sent, entity, context) -> {
      note(sent, lane);
      channel.sendRequest(sent, entity, context);
      if (entity == null) {
        begin();
      }
    };
  }

  private synchronized void note(HttpRequest sent, @Nullable Lane answering) {
    request = sent;
    lane = answering;
  }

  /** Sees when the body of the request has been sent. */
  DataStreamChannel watching(DataStreamChannel channel) {
    return new EndOfRequest(channel);
  }

  private synchronized void begin() {
    HttpRequest sent = request;
    if (answered || guard != null || sent == null || sent.getMethod().equals(TUNNEL)) {
      return;
    }
    try {
      guard = engine.awaitHead(Heads.request(sent).build(), abort, lane);
    } catch (Throwable t) {
      // Unguarded is what the app asked for.
      engine.errors().record("head of apache-httpasyncclient-5", t);
    }
    goOn();
  }

  /**
   * An informational response came.
   *
   * @return false if the exchange is over by decision
   */
  synchronized boolean informed() {
    return guard == null || guard.satisfied();
  }

  /** The app has taken the informational response. */
  synchronized void goOn() {
    if (guard != null) {
      guard.requested();
    }
  }

  /**
   * The head is there, or nobody waits for it any more.
   *
   * @return false if the exchange is over by decision
   */
  synchronized boolean answered() {
    answered = true;
    return guard == null || guard.finished();
  }

  /** The client brings a head or an end, and the exchange is over by decision. */
  void broughtByClient(@Nullable Exception cause) {
    Guard decided;
    synchronized (this) {
      decided = guard;
    }
    if (decided != null) {
      abort.broughtByClient(decided, cause);
    }
  }

  /** Whether the exchange is over by decision. */
  synchronized boolean isDecided() {
    return guard != null && guard.isDecided();
  }

  /** Where the body of a request goes. */
  private final class EndOfRequest implements DataStreamChannel {
    private final DataStreamChannel channel;

    EndOfRequest(DataStreamChannel channel) {
      this.channel = channel;
    }

    @Override
    public void requestOutput() {
      channel.requestOutput();
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return channel.write(bytes);
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
      channel.endStream(trailers);
      begin();
    }

    @Override
    public void endStream() throws IOException {
      channel.endStream();
      begin();
    }
  }
}
