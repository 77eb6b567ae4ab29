package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;

/**
 * Bedrock's InvokeModel: the events of the model's own API, here Anthropic's, in Base64 in frames.
 */
final class BedrockInvokeDialect implements WireDialect {
  private final WireDialect model = new AnthropicDialect();

  @Override
  public String mediaType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public List<String> opening() {
    return model.opening().stream().map(BedrockInvokeDialect::chunk).toList();
  }

  @Override
  public String delta(int index, String text) {
    return chunk(model.delta(index, text));
  }

  @Override
  public List<String> closing(int deltas, String text) {
    return model.closing(deltas, text).stream().map(BedrockInvokeDialect::chunk).toList();
  }

  /** The heartbeat of Bedrock's other API. The model's own, in Base64, stands in the opening. */
  @Override
  public String heartbeat() {
    return BedrockDialect.event("ping", "");
  }

  @Override
  public String error() {
    return BedrockDialect.event(BedrockDialect.ERROR, "\"message\":\"overloaded\"");
  }

  @Override
  public byte[] encode(String event) {
    return BedrockDialect.frame(event);
  }

  /** The data of a server-sent event, without its frame of lines. */
  private static String chunk(String event) {
    String json = event.substring(event.indexOf('{')).trim();
    String base64 = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    return BedrockDialect.event("chunk", "\"bytes\":\"" + base64 + "\",\"p\":\"abcdefgh\"");
  }
}
