package io.stallguard.testing.server;

import java.util.List;

/** OpenAI Responses: named, numbered events around one output message. */
final class OpenAiResponsesDialect implements WireDialect {

  private static final String ITEM = "msg_StallGuard";
  private static final String PLACE =
      ",\"item_id\":\"" + ITEM + "\",\"output_index\":0,\"content_index\":0";
  private static final int OPENING_EVENTS = 4;

  @Override
  public String mediaType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public List<String> opening() {
    return List.of(
        event("response.created", 0, response("in_progress", "")),
        event("response.in_progress", 1, response("in_progress", "")),
        event(
            "response.output_item.added",
            2,
            ",\"output_index\":0,\"item\":" + item("in_progress", "")),
        event("response.content_part.added", 3, PLACE + ",\"part\":" + part("")));
  }

  @Override
  public String delta(int index, String text) {
    String fields = PLACE + ",\"delta\":\"" + text + "\",\"logprobs\":[]";
    return event("response.output_text.delta", OPENING_EVENTS + index, fields);
  }

  @Override
  public List<String> closing(int deltas, String text) {
    int next = OPENING_EVENTS + deltas;
    String item = item("completed", part(text));
    return List.of(
        event(
            "response.output_text.done",
            next,
            PLACE + ",\"text\":\"" + text + "\",\"logprobs\":[]"),
        event("response.content_part.done", next + 1, PLACE + ",\"part\":" + part(text)),
        event("response.output_item.done", next + 2, ",\"output_index\":0,\"item\":" + item),
        event("response.completed", next + 3, response("completed", item)));
  }

  @Override
  public String heartbeat() {
    return ": keepalive\n\n";
  }

  @Override
  public String error() {
    String fields = ",\"code\":\"server_error\",\"message\":\"overloaded\",\"param\":null";
    return event("error", OPENING_EVENTS, fields);
  }

  private static String event(String type, int sequenceNumber, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d%s}\n\n"
        .formatted(type, type, sequenceNumber, fields);
  }

  private static String part(String text) {
    return "{\"type\":\"output_text\",\"text\":\""
        + text
        + "\",\"annotations\":[],\"logprobs\":[]}";
  }

  private static String item(String status, String content) {
    return """
    {"id":"%s","type":"message","status":"%s","role":"assistant","content":[%s]}\
    """
        .formatted(ITEM, status, content);
  }

  private static String response(String status, String output) {
    String usage = status.equals("completed") ? usage() : "null";
    return """
    ,"response":{"id":"resp_StallGuard","object":"response","created_at":1763683200,"status":"%s",\
    "background":false,"error":null,"incomplete_details":null,"instructions":null,\
    "max_output_tokens":null,"metadata":{},"model":"gpt-4o-mini-2024-07-18","output":[%s],\
    "parallel_tool_calls":true,"previous_response_id":null,\
        "reasoning":{"effort":null,"summary":null},\
    "service_tier":"default","store":true,"temperature":1.0,"text":{"format":{"type":"text"}},\
    "tool_choice":"auto","tools":[],"top_p":1.0,"truncation":"disabled","usage":%s,"user":null}\
    """
        .formatted(status, output, usage);
  }

  private static String usage() {
    return """
    {"input_tokens":25,"input_tokens_details":{"cache_write_tokens":0,"cached_tokens":0},\
        "output_tokens":10,\
    "output_tokens_details":{"reasoning_tokens":0},"total_tokens":35}\
    """;
  }
}
