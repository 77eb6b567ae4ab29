package io.stallguard.testing.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the server saw of one exchange; may be read at any time by any thread. Times are of {@link
 * System#nanoTime()} of the server's JVM. What is sent is recorded when the transport has taken it,
 * so a client may know of it a little earlier: wait with {@link StallServer#awaitExchange}.
 */
public final class SeenExchange {

  private static final int NO_ERROR_CODE = -1;

  private final int number;
  private final Peer peer;
  private final String method;
  private final String path;
  private final long startedNanos = System.nanoTime();
  private final List<Sent> sent = new ArrayList<>();
  private String label = "";
  private long requestBytes;
  private long headNanos;
  private long lastBegunNanos;
  private long bytesSent;
  private @Nullable SeenEnding ending;
  private long endedNanos;
  private int errorCode = NO_ERROR_CODE;

  SeenExchange(int number, Peer peer, String method, String path) {
    this.number = number;
    this.peer = peer;
    this.method = method;
    this.path = path;
  }

  /** Counts from 1 in order of arrival. */
  public int number() {
    return number;
  }

  public String method() {
    return method;
  }

  /** The raw path with the query. */
  public String path() {
    return path;
  }

  /** {@code HTTP/1.1} or {@code HTTP/2.0}. */
  public String protocol() {
    return peer.protocol();
  }

  /** Number of the TCP connection, the same for all exchanges that it carries. */
  public int connection() {
    return peer.connection();
  }

  /** Id of the HTTP/2 stream, 0 for HTTP/1.1. */
  public int stream() {
    return peer.stream();
  }

  /**
   * What was asked for, such as {@code ANTHROPIC stall-mid}; empty until the request's body was
   * read.
   */
  public synchronized String label() {
    return label;
  }

  public synchronized long requestBytes() {
    return requestBytes;
  }

  public long startedNanos() {
    return startedNanos;
  }

  /** When the response head was flushed, 0 before that. */
  public synchronized long headNanos() {
    return headNanos;
  }

  /** When the transport was last given the head or a piece, taken or not; 0 before that. */
  public synchronized long lastBegunNanos() {
    return lastBegunNanos;
  }

  /** Bytes of the body, as encoded, that the transport took. */
  public synchronized long bytesSent() {
    return bytesSent;
  }

  /** Events, heartbeats and parts of events that were flushed, in order. */
  public synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  /**
   * The longest time in which the server had nothing on its way, after a flush and until the next
   * one began or the exchange ended, in nanoseconds. On a machine that stands still it is longer
   * than the scenario says.
   */
  public synchronized long longestSilenceNanos() {
    long longest = 0;
    long since = headNanos;
    for (Sent piece : sent) {
      longest = Math.max(longest, piece.begunNanos() - since);
      since = piece.nanos();
    }
    return Math.max(longest, endedNanos - since);
  }

  /**
   * When each flush began and was taken, in milliseconds since the head, for people: {@code
   * 0-1,500-501}.
   */
  public synchronized String timeline() {
    return sent.stream()
        .map(piece -> millis(piece.begunNanos()) + "-" + millis(piece.nanos()))
        .collect(Collectors.joining(","));
  }

  private long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - headNanos);
  }

  /** Number of {@link #sent()} that completed an event, heartbeats included. */
  public synchronized int eventsSent() {
    return (int) sent.stream().filter(Sent::wholeEvent).count();
  }

  public synchronized boolean ended() {
    return ending != null;
  }

  /** Null until the exchange ended. */
  public synchronized @Nullable SeenEnding ending() {
    return ending;
  }

  /** When the exchange ended, 0 before that. */
  public synchronized long endedNanos() {
    return endedNanos;
  }

  /** HTTP/2 error code with which the peer reset the stream (CANCEL is 8), -1 without a reset. */
  public synchronized int errorCode() {
    return errorCode;
  }

  synchronized void requested(String label, long requestBytes) {
    this.label = label;
    this.requestBytes = requestBytes;
  }

  /** The transport is about to be given the head or a piece. */
  synchronized void sending() {
    lastBegunNanos = System.nanoTime();
  }

  synchronized void headSent() {
    headNanos = System.nanoTime();
  }

  synchronized void sent(int bytes, boolean wholeEvent) {
    bytesSent += bytes;
    sent.add(new Sent(lastBegunNanos, System.nanoTime(), bytes, wholeEvent));
  }

  /**
   * A reset may follow a completed answer: then only its code is news. The first one counts: to
   * frames that cross it a peer answers with another, that it knows the stream no more.
   */
  synchronized void reset(int errorCode) {
    if (this.errorCode == NO_ERROR_CODE) {
      this.errorCode = errorCode;
    }
    ended(SeenEnding.RESET);
  }

  /** The first ending counts: whatever follows is a consequence of it. */
  synchronized void ended(SeenEnding ending) {
    if (this.ending == null) {
      this.ending = ending;
      endedNanos = System.nanoTime();
    }
  }

  @Override
  public synchronized String toString() {
    return "#%d %s %s %s connection %d stream %d, %d events, %d bytes, %s"
        .formatted(
            number,
            method,
            path,
            protocol(),
            connection(),
            stream(),
            eventsSent(),
            bytesSent,
            ending == null ? "open" : ending + (errorCode >= 0 ? " code " + errorCode : ""));
  }

  /**
   * A flush of the body.
   *
   * @param begunNanos when the transport was given the bytes: no client has them before
   * @param nanos when the transport had taken the bytes
   * @param wholeEvent false for a part of an event
   */
  public record Sent(long begunNanos, long nanos, int bytes, boolean wholeEvent) {}

  /** The place on the wire where an exchange arrived. */
  record Peer(int connection, int stream, String protocol) {}
}
