package io.stallguard.testing.server;

import java.util.List;

/** Anthropic Messages: named events, a ping right after the opening. */
final class AnthropicDialect implements WireDialect {

  @Override
  public String mediaType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public List<String> opening() {
    return List.of(
        event(
            "message_start",
            """
            ,"message":{"id":"msg_01StallGuard0000000000","type":"message","role":"assistant",\
            "model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,\
            "usage":{"input_tokens":25,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
            "output_tokens":1,"service_tier":"standard"}}\
            """),
        event(
            "content_block_start",
            """
            ,"index":0,"content_block":{"type":"text","text":""}\
            """),
        heartbeat());
  }

  @Override
  public String delta(int index, String text) {
    return event(
        "content_block_delta",
        """
        ,"index":0,"delta":{"type":"text_delta","text":"%s"}\
        """
            .formatted(text));
  }

  @Override
  public List<String> closing(int deltas, String text) {
    return List.of(
        event("content_block_stop", ",\"index\":0"),
        event(
            "message_delta",
            """
            ,"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":%d}\
            """
                .formatted(deltas)),
        event("message_stop", ""));
  }

  @Override
  public String heartbeat() {
    return "event: ping\ndata: {\"type\": \"ping\"}\n\n";
  }

  @Override
  public String error() {
    return event("error", ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");
  }

  private static String event(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, fields);
  }
}
