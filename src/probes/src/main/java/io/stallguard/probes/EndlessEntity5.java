package io.stallguard.probes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A request that never ends; a thread of its own sets the pace, so that the reactor is free. */
final class EndlessEntity5 implements AsyncEntityProducer {
  private volatile boolean due;
  private boolean started;

  @Override
  public int available() {
    return due || !started ? Integer.MAX_VALUE : 0;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    if (!started) {
      started = true;
      Thread pace = new Thread(() -> keepPace(channel), "pace-of-upload");
      pace.setDaemon(true);
      pace.start();
    }
    if (due) {
      due = false;
      channel.write(ByteBuffer.wrap(Endless.piece()));
    }
  }

  private void keepPace(DataStreamChannel channel) {
    while (true) {
      Endless.next();
      due = true;
      channel.requestOutput();
    }
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public String getContentType() {
    return "application/octet-stream";
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public boolean isChunked() {
    return true;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Collections.emptySet();
  }

  @Override
  public void failed(Exception cause) {}

  @Override
  public void releaseResources() {}
}
