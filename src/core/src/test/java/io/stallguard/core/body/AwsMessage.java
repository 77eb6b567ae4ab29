package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Makes messages of AWS' event stream. */
public final class AwsMessage {
  private final ByteArrayOutputStream headers = new ByteArrayOutputStream();
  private byte[] payload = {};

  public static byte[] event(String type) {
    return event(type, "{\"p\":\"abc\"}");
  }

  public static byte[] event(String type, String payload) {
    return new AwsMessage()
        .string(":event-type", type)
        .string(":content-type", "application/json")
        .string(":message-type", "event")
        .payload(payload)
        .bytes();
  }

  public static byte[] exception(String type) {
    return new AwsMessage()
        .string(":exception-type", type)
        .string(":message-type", "exception")
        .payload("{}")
        .bytes();
  }

  public AwsMessage string(String name, String value) {
    byte[] text = value.getBytes(UTF_8);
    return header(
        name, 7, ByteBuffer.allocate(2 + text.length).putShort((short) text.length).put(text));
  }

  AwsMessage header(String name, int type, ByteBuffer value) {
    byte[] bytes = name.getBytes(UTF_8);
    headers.write(bytes.length);
    headers.writeBytes(bytes);
    headers.write(type);
    headers.writeBytes(value.array());
    return this;
  }

  public AwsMessage payload(String text) {
    payload = text.getBytes(UTF_8);
    return this;
  }

  public byte[] bytes() {
    int total = 16 + headers.size() + payload.length;
    ByteBuffer message = ByteBuffer.allocate(total).putInt(total).putInt(headers.size());
    message.putInt(crc(message, 8)).put(headers.toByteArray()).put(payload);
    return message.putInt(crc(message, total - 4)).array();
  }

  private static int crc(ByteBuffer message, int length) {
    CRC32 crc = new CRC32();
    crc.update(message.array(), 0, length);
    return (int) crc.getValue();
  }
}
