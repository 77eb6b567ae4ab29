package io.stallguard.core.jmx;

import io.stallguard.core.StallGuardMXBean;
import io.stallguard.core.engine.OpenStream;

/** An open stream as JMX shows it. Immutable. */
final class OpenStreamRow implements StallGuardMXBean.OpenStream {
  private final OpenStream stream;

  OpenStreamRow(OpenStream stream) {
    this.stream = stream;
  }

  @Override
  public long getId() {
    return stream.id();
  }

  @Override
  public String getClient() {
    return stream.client();
  }

  @Override
  public String getRequest() {
    return stream.request();
  }

  @Override
  public String getResponse() {
    return stream.response();
  }

  @Override
  public boolean isAwaited() {
    return stream.isAwaited();
  }

  @Override
  public long getAgeMillis() {
    return stream.ageMillis();
  }

  @Override
  public long getSilentMillis() {
    return stream.silentMillis();
  }

  @Override
  public long getStoodStillMillis() {
    return stream.stoodStillMillis();
  }

  @Override
  public long getLongestGapMillis() {
    return stream.longestGapMillis();
  }

  @Override
  public long getBytes() {
    return stream.bytes();
  }

  @Override
  public long getEvents() {
    return stream.events();
  }

  @Override
  public long getHeartbeats() {
    return stream.heartbeats();
  }

  @Override
  public String getLastEvent() {
    return stream.lastEvent();
  }

  @Override
  public int getFoundWaiting() {
    return stream.foundWaiting();
  }

  @Override
  public String getLimit() {
    return stream.limit();
  }

  @Override
  public String getWaitingThread() {
    return stream.waitingThread();
  }

  @Override
  public String toString() {
    return stream.toString();
  }
}
