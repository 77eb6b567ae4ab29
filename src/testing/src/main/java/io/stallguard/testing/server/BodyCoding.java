package io.stallguard.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Encodes a body piece by piece; each piece can be decoded as soon as it has arrived. */
interface BodyCoding {

  byte[] encode(byte[] bytes);

  /** The bytes that close the body. */
  byte[] finish();

  static BodyCoding of(boolean gzip) {
    return gzip ? new Gzip() : new Identity();
  }

  /** Sends the bytes as they are. */
  final class Identity implements BodyCoding {

    @Override
    public byte[] encode(byte[] bytes) {
      return bytes;
    }

    @Override
    public byte[] finish() {
      return new byte[0];
    }
  }

  /** Sends a single gzip member over the whole body, flushed after each piece. */
  final class Gzip implements BodyCoding {

    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;

    Gzip() {
      try {
        gzip = new GZIPOutputStream(encoded, true);
      } catch (IOException e) {
        throw new UncheckedIOException("an array refused bytes", e);
      }
    }

    @Override
    public byte[] encode(byte[] bytes) {
      try {
        gzip.write(bytes);
        gzip.flush();
        return drain();
      } catch (IOException e) {
        throw new UncheckedIOException("an array refused bytes", e);
      }
    }

    @Override
    public byte[] finish() {
      try {
        gzip.finish();
        return drain();
      } catch (IOException e) {
        throw new UncheckedIOException("an array refused bytes", e);
      }
    }

    private byte[] drain() {
      byte[] bytes = encoded.toByteArray();
      encoded.reset();
      return bytes;
    }
  }
}
