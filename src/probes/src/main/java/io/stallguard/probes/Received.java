package io.stallguard.probes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;

/** What one job has received so far. One thread after another. */
public final class Received {
  private static final int BUFFER_BYTES = 8192;

  private final long pauseMillis;
  private final MessageDigest digest;
  private volatile long bytes;
  private volatile long lastNanos = System.nanoTime();
  private static final int EACH = 0;

  private int pausePiece = 1;
  private int pieces;
  private volatile long pausedNanos;
  private volatile Runnable whenTold = () -> {};

  Received(long pauseMillis) {
    this.pauseMillis = pauseMillis;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The response head has come. */
  public void head() {
    lastNanos = System.nanoTime();
  }

  /** Bytes came; nothing at all is no piece. */
  public void add(byte[] buffer, int count) {
    if (count == 0) {
      return;
    }
    lastNanos = System.nanoTime();
    digest.update(buffer, 0, count);
    long sum = bytes + count;
    bytes = sum;
  }

  public void add(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    add(copy, copy.length);
  }

  public void add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8, utf8.length);
  }

  /** The consumer is to be busy with this piece, from 1, instead of the first. */
  void pauseAt(int piece) {
    pausePiece = piece;
  }

  /** The consumer is to be busy with each piece. */
  void pauseAtEach() {
    pausePiece = EACH;
  }

  /** Whether the consumer is to be busy with the piece that came, mostly one only. */
  boolean isPauseDue() {
    pieces++;
    boolean due = pauseMillis > 0 && (pausePiece == EACH || pieces == pausePiece);
    if (due) {
      pausedNanos = System.nanoTime();
    }
    return due;
  }

  long pauseMillis() {
    return pauseMillis;
  }

  /** When the consumer began to be busy with a piece, 0 if it has not. */
  long pausedNanos() {
    return pausedNanos;
  }

  /** Is busy with the piece, if that is due. */
  public void pause() {
    if (isPauseDue()) {
      try {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Reads a stream to its end. */
  public void readAll(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      add(buffer, count);
      pause();
    }
  }

  /** Reads lines to the end; each counts with a line feed. */
  public void readLines(BufferedReader reader) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      add(line + "\n");
      pause();
    }
  }

  /** What the app does inside its callback that is told of a failure; nothing unless it is set. */
  void whenTold(Runnable action) {
    whenTold = action;
  }

  /** A callback was told of a failure, and its waiting thread knows of it: may block or throw. */
  void told() {
    whenTold.run();
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  /** Time since the last piece, or since the head. */
  long silentMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNanos);
  }

  /** Number of bytes and their SHA-256, between a tab. Once. */
  String summary() {
    StringBuilder hex = new StringBuilder();
    for (byte b : digest.digest()) {
      hex.append(Character.forDigit(b >> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
    }
    return bytes + "\t" + hex;
  }
}
