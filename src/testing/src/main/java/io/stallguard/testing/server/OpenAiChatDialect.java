package io.stallguard.testing.server;

import java.util.List;

/** OpenAI chat completions: nameless events, closed by {@code [DONE]}. */
final class OpenAiChatDialect implements WireDialect {

  @Override
  public String mediaType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public List<String> opening() {
    return List.of(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
  }

  @Override
  public String delta(int index, String text) {
    return chunk("{\"content\":\"%s\"}".formatted(text), "null");
  }

  @Override
  public List<String> closing(int deltas, String text) {
    return List.of(chunk("{}", "\"stop\""), "data: [DONE]\n\n");
  }

  @Override
  public String heartbeat() {
    return ": keepalive\n\n";
  }

  @Override
  public String error() {
    return """
    data: {"error":{"message":"overloaded","type":"server_error","param":null,"code":null}}

    """;
  }

  private static String chunk(String delta, String finishReason) {
    return """
    data: {"id":"chatcmpl-StallGuard","object":"chat.completion.chunk","created":1763683200,\
    "model":"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_5a11ed",\
    "choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}]}

    """
        .formatted(delta, finishReason);
  }
}
