package io.stallguard.testapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The LLM APIs to choose from: where and how a streamed answer is asked for, and where its text is.
 */
enum Provider {
  ANTHROPIC("https://api.anthropic.com", "/v1/messages", "claude-sonnet-4-5", "/delta/text") {
    @Override
    ObjectNode body(String model, String prompt) {
      return chat(model, prompt).put("max_tokens", MAX_TOKENS);
    }
  },
  OPENAI(
      "https://api.openai.com/v1", "/chat/completions", "gpt-5-mini", "/choices/0/delta/content"),
  OPENAI_RESPONSES("https://api.openai.com/v1", "/responses", "gpt-5-mini", "/delta") {
    @Override
    ObjectNode body(String model, String prompt) {
      return streamed(model).put("input", prompt);
    }
  },
  GEMINI(
      "https://generativelanguage.googleapis.com",
      "/v1beta/models/{model}:streamGenerateContent?alt=sse",
      "gemini-2.5-flash",
      "/candidates/0/content/parts/0/text") {
    @Override
    ObjectNode body(String model, String prompt) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.putArray("contents")
          .addObject()
          .put("role", "user")
          .putArray("parts")
          .addObject()
          .put("text", prompt);
      return body;
    }
  },
  OLLAMA("http://127.0.0.1:11434", "/api/chat", "llama3.2", "/message/content");

  /** The Anthropic API refuses a request without a limit. */
  static final int MAX_TOKENS = 1024;

  private final String baseUrl;
  private final String path;
  private final String model;
  private final String textPointer;

  Provider(String baseUrl, String path, String model, String textPointer) {
    this.baseUrl = baseUrl;
    this.path = path;
    this.model = model;
    this.textPointer = textPointer;
  }

  String baseUrl() {
    return baseUrl;
  }

  String model() {
    return model;
  }

  String path(String model) {
    return path.replace("{model}", model);
  }

  ObjectNode body(String model, String prompt) {
    return chat(model, prompt);
  }

  /** The part of the answer that an event brings, often empty. */
  String text(JsonNode event) {
    return event.at(textPointer).asText("");
  }

  /** Otherwise a line of JSON is an event. */
  boolean isServerSentEvents() {
    return this != OLLAMA;
  }

  @Override
  public String toString() {
    return Words.of(this);
  }

  private static ObjectNode chat(String model, String prompt) {
    ObjectNode body = streamed(model);
    body.putArray("messages").addObject().put("role", "user").put("content", prompt);
    return body;
  }

  private static ObjectNode streamed(String model) {
    return JsonNodeFactory.instance.objectNode().put("model", model).put("stream", true);
  }
}
