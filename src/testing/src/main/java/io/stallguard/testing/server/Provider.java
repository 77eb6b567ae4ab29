package io.stallguard.testing.server;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A streaming API that the server speaks, found by the end of the request's path. */
public enum Provider {
  ANTHROPIC("/v1/messages", "/messages", new AnthropicDialect()),
  OPENAI_CHAT("/v1/chat/completions", "/chat/completions", new OpenAiChatDialect()),
  OPENAI_RESPONSES("/v1/responses", "/responses", new OpenAiResponsesDialect()),
  GEMINI(
      "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
      "/models/[^/]+:streamGenerateContent",
      new GeminiDialect()),
  OLLAMA("/api/chat", "/api/chat", new OllamaDialect()),
  COHERE("/v2/chat", "/v2/chat", new CohereDialect()),
  BEDROCK(
      "/model/anthropic.claude-sonnet-4-5/converse-stream",
      "/model/[^/]+/converse-stream",
      new BedrockDialect()),
  BEDROCK_INVOKE(
      "/model/anthropic.claude-sonnet-4-5/invoke-with-response-stream",
      "/model/[^/]+/invoke-with-response-stream",
      new BedrockInvokeDialect());

  private final String path;
  private final Pattern pathEnd;
  private final WireDialect dialect;

  /**
   * @param pathEnd matched against the end only: some SDKs have the version in their base URL, some
   *     don't
   */
  Provider(String path, String pathEnd, WireDialect dialect) {
    this.path = path;
    this.pathEnd = Pattern.compile(".*" + pathEnd);
    this.dialect = dialect;
  }

  /** The path that this provider's clients request, with its query. */
  public String path() {
    return path;
  }

  public String mediaType() {
    return dialect.mediaType();
  }

  WireDialect dialect() {
    return dialect;
  }

  static Optional<Provider> ofPath(String path) {
    return Arrays.stream(values()).filter(each -> each.pathEnd.matcher(path).matches()).findFirst();
  }

  static List<String> paths() {
    return Arrays.stream(values()).map(Provider::path).toList();
  }
}
