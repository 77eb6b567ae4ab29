package io.stallguard.testing.server;

import java.util.List;

/** Cohere's chat, second version: named events around one text, closed by {@code message-end}. */
final class CohereDialect implements WireDialect {

  @Override
  public String mediaType() {
    return "text/event-stream";
  }

  @Override
  public List<String> opening() {
    return List.of(
        event(
            "message-start",
            """
            ,"id":"StallGuard","delta":{"message":{"role":"assistant","content":[],"tool_plan":"",\
            "tool_calls":[],"citations":[]}}\
            """),
        event(
            "content-start",
            """
            ,"index":0,"delta":{"message":{"content":{"type":"text","text":""}}}\
            """));
  }

  @Override
  public String delta(int index, String text) {
    return event(
        "content-delta",
        """
        ,"index":0,"delta":{"message":{"content":{"text":"%s"}}}\
        """
            .formatted(text));
  }

  @Override
  public List<String> closing(int deltas, String text) {
    return List.of(
        event("content-end", ",\"index\":0"),
        event(
            "message-end",
            """
            ,"id":"StallGuard","delta":{"finish_reason":"COMPLETE","usage":{"billed_units":\
            {"input_tokens":3,"output_tokens":%d},"tokens":{"input_tokens":25,"output_tokens":%d}}}\
            """
                .formatted(deltas, deltas)));
  }

  @Override
  public String heartbeat() {
    return ": keepalive\n\n";
  }

  @Override
  public String error() {
    return event(
        "message-end", ",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"overloaded\"}");
  }

  private static String event(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, fields);
  }
}
