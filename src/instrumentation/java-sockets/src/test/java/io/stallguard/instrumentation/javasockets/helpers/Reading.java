package io.stallguard.instrumentation.javasockets.helpers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Feeds a reader with bytes in pieces, and keeps what it took for content. */
final class Reading {
  private final ResponseReader reader;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private int taken;

  Reading(String method) {
    this.reader = new ResponseReader(method);
  }

  /** Feeds up to the end of the response, in pieces of at most this size. */
  Reading feed(byte[] bytes, int pieceSize) {
    for (int from = 0; from < bytes.length && !isOver(); from += pieceSize) {
      piece(bytes, from, Math.min(bytes.length, from + pieceSize));
    }
    return this;
  }

  Reading feed(String text) {
    return feed(text.getBytes(StandardCharsets.ISO_8859_1), Integer.MAX_VALUE / 2);
  }

  private void piece(byte[] bytes, int begin, int to) {
    int from = begin;
    while (from < to && !isOver()) {
      int next = reader.advance(bytes, from, to);
      if (next <= from || next > to) {
        throw new AssertionError("from " + from + " to " + next + " of " + to);
      }
      if (reader.isContent()) {
        content.write(bytes, from, next - from);
      }
      taken += next - from;
      from = next;
    }
  }

  private boolean isOver() {
    return reader.isEnded() || reader.isStrange();
  }

  ResponseReader reader() {
    return reader;
  }

  byte[] content() {
    return content.toByteArray();
  }

  String text() {
    return new String(content(), StandardCharsets.ISO_8859_1);
  }

  /** How many bytes belonged to the response. */
  int taken() {
    return taken;
  }
}
