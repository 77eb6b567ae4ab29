package io.stallguard.probes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks for little at a time, and the first time not before its pause is over: it blocks nobody.
 * Notes how it is told of the end.
 */
final class UnhurriedConsumer5 implements AsyncResponseConsumer<Boolean> {
  private static final int LITTLE = 8192;

  /**
   * All that is left after the pause, at once. HttpCore 5.0 sends an update of a window before it
   * counts it: one from the connection's thread meanwhile meets a negative window and ends the
   * connection, with or without the agent.
   */
  private static final int PLENTY = 1 << 20;

  private static final ScheduledExecutorService LATER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "later");
            thread.setDaemon(true);
            return thread;
          });

  private final Received received;
  private final Queue<String> ends = new ConcurrentLinkedQueue<>();
  private volatile boolean pausing;
  private @Nullable FutureCallback<Boolean> callback;

  UnhurriedConsumer5(Received received) {
    this.received = received;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      EntityDetails entity,
      HttpContext context,
      FutureCallback<Boolean> resultCallback) {
    received.head();
    callback = resultCallback;
    if (entity == null) {
      resultCallback.completed(true);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    if (received.isPauseDue()) {
      pausing = true;
      Future<?> unused =
          LATER.schedule(() -> resume(channel), received.pauseMillis(), TimeUnit.MILLISECONDS);
    } else if (!pausing) {
      channel.update(LITTLE);
    }
  }

  private void resume(CapacityChannel channel) {
    try {
      channel.update(PLENTY);
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  public void consume(ByteBuffer bytes) {
    received.add(bytes);
    if (!ends.isEmpty()) {
      ends.add("bytes after the end");
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    ends.add("end");
    FutureCallback<Boolean> result = callback;
    if (result != null) {
      result.completed(true);
    }
  }

  @Override
  public void failed(Exception cause) {
    ends.add("failed: " + cause);
  }

  @Override
  public void releaseResources() {
    ends.add("released");
  }

  /**
   * Fails unless it was told as the client does: released as the body's consumer, failed once, and
   * released as the exchange's. The last one may come after the app was told.
   */
  void checkFailedWith(Exception failure) {
    String told = String.join(", ", ends);
    String expected = "released, failed: " + failure;
    if (!told.equals(expected) && !told.equals(expected + ", released")) {
      throw new IllegalStateException("the consumer was told: " + told, failure);
    }
  }
}
