package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Bedrock's ConverseStream: binary frames. An event is its type, a line end and its JSON here, and
 * becomes a frame when it is encoded.
 */
final class BedrockDialect implements WireDialect {
  /** The type of a frame that says that the provider has failed. */
  static final String ERROR = "modelStreamErrorException";

  @Override
  public String mediaType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public List<String> opening() {
    return List.of(event("messageStart", "\"role\":\"assistant\""));
  }

  @Override
  public String delta(int index, String text) {
    return event(
        "contentBlockDelta", "\"contentBlockIndex\":0,\"delta\":{\"text\":\"%s\"}".formatted(text));
  }

  @Override
  public List<String> closing(int deltas, String text) {
    return List.of(
        event("contentBlockStop", "\"contentBlockIndex\":0"),
        event("messageStop", "\"stopReason\":\"end_turn\""),
        event(
            "metadata",
            """
            "metrics":{"latencyMs":551},"usage":{"inputTokens":25,"outputTokens":%d,\
            "totalTokens":%d}\
            """
                .formatted(deltas, 25 + deltas)));
  }

  /** Bedrock has none of its own: a type that its clients skip. */
  @Override
  public String heartbeat() {
    return event("ping", "");
  }

  @Override
  public String error() {
    return event(ERROR, "\"message\":\"overloaded\"");
  }

  @Override
  public byte[] encode(String event) {
    return frame(event);
  }

  static byte[] frame(String event) {
    int end = event.indexOf('\n');
    String type = event.substring(0, end);
    byte[] payload = event.substring(end + 1).getBytes(UTF_8);
    return type.equals(ERROR) ? EventFrame.exception(type, payload) : EventFrame.of(type, payload);
  }

  static String event(String type, String fields) {
    return type + "\n{" + fields + "}";
  }
}
