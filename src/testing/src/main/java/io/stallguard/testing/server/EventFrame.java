package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A frame of {@code application/vnd.amazon.eventstream}: lengths of all and of the headers, their
 * checksum, headers, payload, checksum of everything before.
 */
public final class EventFrame {

  private static final int PRELUDE_BYTES = 12;
  private static final int CHECKSUM_BYTES = 4;

  /** The type of a header's value that is text. */
  private static final int STRING = 7;

  private EventFrame() {}

  /** The provider has failed, in a way that has a type. */
  public static byte[] exception(String type, byte[] payload) {
    return of(headers(":exception-type", type, "exception"), payload);
  }

  /** An event of this type. */
  public static byte[] of(String eventType, byte[] payload) {
    return of(headers(":event-type", eventType, "event"), payload);
  }

  private static byte[] of(byte[] headers, byte[] payload) {
    int length = PRELUDE_BYTES + headers.length + payload.length + CHECKSUM_BYTES;
    ByteBuffer frame = ByteBuffer.allocate(length).putInt(length).putInt(headers.length);
    putChecksum(frame);
    frame.put(headers).put(payload);
    putChecksum(frame);
    return frame.array();
  }

  private static byte[] headers(String key, String type, String message) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    put(headers, key, type);
    put(headers, ":content-type", "application/json");
    put(headers, ":message-type", message);
    return headers.toByteArray();
  }

  private static void put(ByteArrayOutputStream headers, String name, String value) {
    byte[] text = value.getBytes(UTF_8);
    headers.write(name.length());
    headers.writeBytes(name.getBytes(UTF_8));
    headers.write(STRING);
    headers.write(text.length >> 8);
    headers.write(text.length);
    headers.writeBytes(text);
  }

  private static void putChecksum(ByteBuffer frame) {
    CRC32 checksum = new CRC32();
    checksum.update(frame.duplicate().flip());
    frame.putInt((int) checksum.getValue());
  }
}
