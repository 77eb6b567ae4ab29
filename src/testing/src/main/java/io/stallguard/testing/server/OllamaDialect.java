package io.stallguard.testing.server;

import java.util.List;

/** Ollama's chat: one JSON object per line, the last one says {@code "done":true}. */
final class OllamaDialect implements WireDialect {

  @Override
  public String mediaType() {
    return "application/x-ndjson";
  }

  @Override
  public List<String> opening() {
    return List.of();
  }

  @Override
  public String delta(int index, String text) {
    return line(text, "\"done\":false");
  }

  @Override
  public List<String> closing(int deltas, String text) {
    String totals =
        """
        "done_reason":"stop","done":true,"total_duration":4883583458,"load_duration":1334875,\
        "prompt_eval_count":26,"prompt_eval_duration":342546000,"eval_count":%d,\
        "eval_duration":4535599000\
        """
            .formatted(deltas);
    return List.of(line("", totals));
  }

  @Override
  public String heartbeat() {
    return "\n";
  }

  @Override
  public String error() {
    return "{\"error\":\"overloaded\"}\n";
  }

  private static String line(String text, String rest) {
    return """
    {"model":"llama3.2","created_at":"2025-11-21T00:00:00.000000Z",\
    "message":{"role":"assistant","content":"%s"},%s}
    """
        .formatted(text, rest);
  }
}
