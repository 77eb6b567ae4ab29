package io.stallguard.probes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes a little at a time, and suspends the input while it is busy with the first: it blocks
 * nobody. Notes how it is told of the end.
 */
final class SuspendingConsumer4 implements HttpAsyncResponseConsumer<Boolean> {
  private static final ScheduledExecutorService LATER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "later");
            thread.setDaemon(true);
            return thread;
          });

  private final Received received;
  private final ByteBuffer little = ByteBuffer.allocate(1024);
  private final Queue<String> ends = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Exception exception;
  private volatile boolean done;

  SuspendingConsumer4(Received received) {
    this.received = received;
  }

  @Override
  public void responseReceived(HttpResponse response) {
    received.head();
  }

  @Override
  public void consumeContent(ContentDecoder decoder, IOControl control) throws IOException {
    boolean suspended = false;
    while (!suspended && decoder.read(little) > 0) {
      little.flip();
      received.add(little);
      little.clear();
      suspended = received.isPauseDue();
    }
    if (suspended) {
      suspend((NHttpClientConnection) control);
    }
    if (!ends.isEmpty()) {
      ends.add("bytes after the end");
    }
  }

  /** Consumers know that the control is the connection. */
  private void suspend(NHttpClientConnection connection) {
    connection.suspendInput();
    Future<?> unused =
        LATER.schedule(connection::requestInput, received.pauseMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void responseCompleted(HttpContext context) {
    ends.add("completed");
    done = true;
  }

  @Override
  public void failed(Exception failure) {
    ends.add("failed: " + failure);
    exception = failure;
    done = true;
  }

  @Override
  public boolean cancel() {
    ends.add("cancelled");
    return true;
  }

  @Override
  public void close() {
    ends.add("closed");
  }

  @Override
  public @Nullable Exception getException() {
    return exception;
  }

  @Override
  public @Nullable Boolean getResult() {
    return exception == null ? Boolean.valueOf(done) : null;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  /** Fails unless it was told as the client does. It may be closed after the app was told. */
  void checkFailedWith(Exception failure) {
    String told = String.join(", ", ends);
    String expected = "failed: " + failure;
    if (!told.equals(expected) && !told.equals(expected + ", closed")) {
      throw new IllegalStateException("the consumer was told: " + told, failure);
    }
  }
}
