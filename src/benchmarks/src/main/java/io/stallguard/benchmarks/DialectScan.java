package io.stallguard.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.engine.Guard;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A pass of the guard over some 64 KiB of events of one token, as providers send them: 64 bytes a
 * read, one event a read, and 4 KiB a read. And a pass over some 16 KiB of events that have many
 * small values.
 */
@State(Scope.Thread)
public class DialectScan {
  private static final int LENGTH = 1 << 16;
  private static final int SMALL = 64;
  private static final int EVENT = 0;
  private static final int LARGE = 4096;
  private static final int ROWS = 640;

  private static final String EVENTS = "text/event-stream";

  private static final String[] TOKENS = {
    " the", " quick", "\\n", " \\\"fox\\\"", " jumps over", " \u00e9", "ly", " 1", " lorem", "."
  };

  private final Answer chat = new Answer(EVENTS, "/v1/chat/completions", DialectScan::chatEvent);
  private final Answer anthropic = new Answer(EVENTS, "/v1/messages", DialectScan::anthropicEvent);
  private final Answer gemini =
      new Answer(EVENTS, "/v1beta/models/m:streamGenerateContent", DialectScan::geminiEvent);
  private final Answer lines =
      new Answer("application/x-ndjson", "/api/chat", DialectScan::ollamaLine);

  private final Answer rows = new Answer(EVENTS, "/mcp", DialectScan::rowsEvent);

  private static String chatEvent(int number) {
    return "data: {\"id\":\"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz012\","
        + "\"object\":\"chat.completion.chunk\",\"created\":1716151234,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
        + "\"system_fingerprint\":\"fp_0ba0d124f1\",\"choices\":[{\"index\":0,"
        + "\"delta\":{\"content\":\""
        + token(number)
        + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
  }

  private static String anthropicEvent(int number) {
    return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
        + "\"delta\":{\"type\":\"text_delta\",\"text\":\""
        + token(number)
        + "\"}}\n\n";
  }

  private static String geminiEvent(int number) {
    return "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \""
        + token(number)
        + token(number + 1)
        + token(number + 3)
        + "\"}],\"role\": \"model\"},\"index\": 0}],\"usageMetadata\": "
        + "{\"promptTokenCount\": 14,\"candidatesTokenCount\": "
        + number
        + ",\"totalTokenCount\": "
        + (14 + number)
        + "},\"modelVersion\": \"gemini-2.0-flash\",\"responseId\": \"abc-DEF-123\"}\r\n\r\n";
  }

  private static String ollamaLine(int number) {
    return "{\"model\":\"llama3.2\",\"created_at\":\"2024-10-01T12:00:"
        + (10 + number % 50)
        + ".123456Z\",\"message\":{\"role\":\"assistant\",\"content\":\""
        + token(number)
        + "\"},\"done\":false}\n";
  }

  /** An event of 16 KiB that has many small values, and says behind them what it is. */
  private static String rowsEvent(int number) {
    StringBuilder rows = new StringBuilder("data: {\"result\":{\"rows\":[");
    for (int i = 0; i < ROWS; i++) {
      rows.append("{\"n\":").append(i + number).append(",\"name\":\"row\"},");
    }
    return rows.append("{}]},\"jsonrpc\":\"2.0\",\"id\":5}\n\n").toString();
  }

  private static String token(int number) {
    return TOKENS[number % TOKENS.length];
  }

  @Benchmark
  public boolean chat64() {
    return chat.scan(SMALL);
  }

  @Benchmark
  public boolean chatEvent() {
    return chat.scan(EVENT);
  }

  @Benchmark
  public boolean chat4096() {
    return chat.scan(LARGE);
  }

  @Benchmark
  public boolean anthropic64() {
    return anthropic.scan(SMALL);
  }

  @Benchmark
  public boolean anthropicEvent() {
    return anthropic.scan(EVENT);
  }

  @Benchmark
  public boolean anthropic4096() {
    return anthropic.scan(LARGE);
  }

  @Benchmark
  public boolean gemini64() {
    return gemini.scan(SMALL);
  }

  @Benchmark
  public boolean geminiEvent() {
    return gemini.scan(EVENT);
  }

  @Benchmark
  public boolean gemini4096() {
    return gemini.scan(LARGE);
  }

  @Benchmark
  public boolean lines64() {
    return lines.scan(SMALL);
  }

  @Benchmark
  public boolean linesEvent() {
    return lines.scan(EVENT);
  }

  @Benchmark
  public boolean lines4096() {
    return lines.scan(LARGE);
  }

  @Benchmark
  public boolean rows4096() {
    return rows.scan(LARGE);
  }

  /** The bytes of an answer, where its events end, and who watches them. */
  private static final class Answer {
    private final Guard guard;
    private final byte[] bytes;
    private final int[] ends;

    Answer(String type, String path, IntFunction<String> events) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      List<Integer> places = new ArrayList<>();
      for (int i = 0; all.size() < LENGTH; i++) {
        all.writeBytes(events.apply(i).getBytes(UTF_8));
        places.add(all.size());
      }
      bytes = all.toByteArray();
      ends = places.stream().mapToInt(Integer::intValue).toArray();
      guard = Streams.guard(type, path);
    }

    boolean scan(int most) {
      int event = 0;
      for (int from = 0; from < bytes.length; ) {
        int to = most == EVENT ? ends[event++] : Math.min(bytes.length, from + most);
        guard.scan(bytes, from, to - from);
        from = to;
      }
      return guard.isStalled();
    }
  }
}
