package io.stallguard.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.engine.Guard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import okhttp3.sse.internal.ServerSentEventReader;
import okio.BufferedSource;
import okio.Okio;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A pass over a stream of server-sent events that comes in chunks: by the guard, by okhttp-sse's
 * reader, and by the loop over lines that apps write themselves.
 */
@State(Scope.Thread)
public class EventScan implements ServerSentEventReader.Callback {
  /** Bytes of one operation. */
  static final int LENGTH = 1 << 16;

  private static final int SMALL = 64;
  private static final int LARGE = 4096;

  private final byte[] text = text();
  private final byte[] chat = chat();
  private final Guard guard = Streams.guard();
  private final Guard chatGuard = Streams.guard();
  private long events;

  private static byte[] text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < LENGTH; i++) {
      text.append(
              "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,")
          .append("\"delta\":{\"type\":\"text_delta\",\"text\":\"")
          .append("a piece of text ".repeat(1 + i % 24))
          .append("\"}}\n\n");
    }
    return cut(text);
  }

  /** Events as OpenAI sends them: without a name, so that their data has to be looked into. */
  private static byte[] chat() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < LENGTH; i++) {
      text.append(
              "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,")
          .append("\"model\":\"small\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
          .append("a piece of text ".repeat(1 + i % 24))
          .append("\"},\"finish_reason\":null}]}\n\n");
    }
    return cut(text);
  }

  private static byte[] cut(StringBuilder text) {
    byte[] bytes = new byte[LENGTH];
    System.arraycopy(text.toString().getBytes(UTF_8), 0, bytes, 0, LENGTH);
    // The last event is cut: its end is what makes the next pass begin anew.
    bytes[LENGTH - 2] = '\n';
    bytes[LENGTH - 1] = '\n';
    return bytes;
  }

  @Benchmark
  public boolean guard64() {
    return scan(guard, text, SMALL);
  }

  @Benchmark
  public boolean guard4096() {
    return scan(guard, text, LARGE);
  }

  @Benchmark
  public boolean chat64() {
    return scan(chatGuard, chat, SMALL);
  }

  @Benchmark
  public boolean chat4096() {
    return scan(chatGuard, chat, LARGE);
  }

  private static boolean scan(Guard scanned, byte[] events, int chunk) {
    for (int i = 0; i < LENGTH; i += chunk) {
      scanned.scan(events, i, chunk);
    }
    return scanned.isStalled();
  }

  @Benchmark
  public long okhttpSse64() throws IOException {
    return okhttpSse(SMALL);
  }

  @Benchmark
  public long okhttpSse4096() throws IOException {
    return okhttpSse(LARGE);
  }

  private long okhttpSse(int chunk) throws IOException {
    BufferedSource source = Okio.buffer(Okio.source(new Chunks(text, chunk)));
    ServerSentEventReader reader = new ServerSentEventReader(source, this);
    while (reader.processNextEvent()) {
      // The callback counts.
    }
    return events;
  }

  @Override
  public void onEvent(String id, String type, String data) {
    events++;
  }

  @Override
  public void onRetryChange(long timeMs) {
    events++;
  }

  @Benchmark
  public long lines64() throws IOException {
    return lines(SMALL);
  }

  @Benchmark
  public long lines4096() throws IOException {
    return lines(LARGE);
  }

  private long lines(int chunk) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(new Chunks(text, chunk), UTF_8));
    long count = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      count += line.startsWith("data:") ? 1 : 0;
    }
    return count;
  }

  /** Gives at most a chunk for each read. */
  private static final class Chunks extends InputStream {
    private final byte[] text;
    private final int chunk;
    private int position;

    Chunks(byte[] text, int chunk) {
      this.text = text;
      this.chunk = chunk;
    }

    @Override
    public int read() {
      return position == text.length ? -1 : text[position++] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (position == text.length) {
        return -1;
      }
      int count = Math.min(Math.min(length, chunk), text.length - position);
      System.arraycopy(text, position, bytes, offset, count);
      position += count;
      return count;
    }
  }
}
