package io.stallguard.testing.server;

import java.util.List;

/**
 * Gemini's stream: nameless events with CRLF line ends and no terminal event beside the finish
 * reason.
 */
final class GeminiDialect implements WireDialect {

  @Override
  public String mediaType() {
    return "text/event-stream";
  }

  @Override
  public List<String> opening() {
    return List.of();
  }

  @Override
  public String delta(int index, String text) {
    return chunk(text, "", index + 1);
  }

  @Override
  public List<String> closing(int deltas, String text) {
    return List.of(chunk("", "\"finishReason\":\"STOP\",", deltas));
  }

  @Override
  public String heartbeat() {
    return ": keepalive\r\n\r\n";
  }

  @Override
  public String error() {
    return "data: {\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}"
        + "\r\n\r\n";
  }

  private static String chunk(String text, String finish, int tokens) {
    return """
    data: {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},%s"index":0}],\
    "usageMetadata":{"promptTokenCount":25,"candidatesTokenCount":%d,"totalTokenCount":%d},\
    "modelVersion":"gemini-2.5-flash","responseId":"StallGuard"}\
    """
            .formatted(text, finish, tokens, 25 + tokens)
        + "\r\n\r\n";
  }
}
