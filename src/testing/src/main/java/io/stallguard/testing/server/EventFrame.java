package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * One frame of {@code application/vnd.amazon.eventstream}: lengths of all and of the headers, their
 * checksum, headers, payload, checksum of everything before.
 */
final class EventFrame {

  private static final int PRELUDE_BYTES = 12;
  private static final int CHECKSUM_BYTES = 4;

  /** The type of a header's value that is text. */
  private static final int STRING = 7;

  private EventFrame() {}

  static byte[] of(String eventType, byte[] payload) {
    byte[] headers = headers(eventType);
    int length = PRELUDE_BYTES + headers.length + payload.length + CHECKSUM_BYTES;
    ByteBuffer frame = ByteBuffer.allocate(length).putInt(length).putInt(headers.length);
    putChecksum(frame);
    frame.put(headers).put(payload);
    putChecksum(frame);
    return frame.array();
  }

  private static byte[] headers(String eventType) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    put(headers, ":event-type", eventType);
    put(headers, ":content-type", "application/json");
    put(headers, ":message-type", "event");
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
