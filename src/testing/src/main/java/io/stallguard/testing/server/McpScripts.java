package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MCP server over streamable HTTP: answers what a client posts, and never says anything of its
 * own on the stream that the client gets. The tool {@code stall} goes silent, any other answers.
 */
final class McpScripts {

  /** Enough JSON for what the clients send; an id is a number or a text. */
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|\\d+)");

  private static final Pattern METHOD = Pattern.compile("\"method\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern TOOL = Pattern.compile("\"name\"\\s*:\\s*\"stall\"");
  private static final Pattern VERSION =
      Pattern.compile("\"protocolVersion\"\\s*:\\s*\"([^\"]*)\"");
  private static final int ACCEPTED = 202;

  private McpScripts() {}

  static Script of(String method, byte[] body) {
    return switch (method) {
      case "GET" -> script("MCP listen", 200, "text/event-stream", head(), stay());
      case "DELETE" -> script("MCP delete", 200, "text/plain", head(), end());
      default -> posted(new String(body, UTF_8));
    };
  }

  private static Script posted(String message) {
    String id = find(ID, message);
    String method = find(METHOD, message);
    if (id.isEmpty()) {
      return script("MCP " + method, ACCEPTED, "text/plain", head(), end());
    }
    return method.equals("tools/call")
        ? toolCalled(id, TOOL.matcher(message).find())
        : json("MCP " + method, result(id, initialized(find(VERSION, message))));
  }

  private static String initialized(String version) {
    return """
    {"protocolVersion":"%s","capabilities":{"tools":{}},\
    "serverInfo":{"name":"stall-server","version":"1"}}\
    """
        .formatted(version);
  }

  private static Script toolCalled(String id, boolean stalls) {
    String type = "text/event-stream";
    if (stalls) {
      return script("MCP tools/call", 200, type, head(), stay());
    }
    String content = "{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"isError\":false}";
    String event = "event: message\ndata: " + result(id, content) + "\n\n";
    return script("MCP tools/call", 200, type, head(), event(event), end());
  }

  private static Script json(String label, String answer) {
    return script(label, 200, "application/json", head(), event(answer), end());
  }

  private static String result(String id, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
  }

  private static String find(Pattern pattern, String message) {
    Matcher found = pattern.matcher(message);
    return found.find() ? found.group(1) : "";
  }

  private static Script script(String label, int status, String type, Step... steps) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", type);
    headers.put("Mcp-Session-Id", "stall-server");
    return new Script(label, status, headers, false, List.of(steps));
  }

  private static Step head() {
    return Step.of(Step.Kind.HEAD);
  }

  private static Step event(String text) {
    return Step.send(Step.Kind.EVENT, text.getBytes(UTF_8));
  }

  private static Step stay() {
    return Step.of(Step.Kind.STAY);
  }

  private static Step end() {
    return Step.of(Step.Kind.END);
  }
}
