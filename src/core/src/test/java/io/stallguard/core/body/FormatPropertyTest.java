package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import io.stallguard.testing.server.Provider;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Real streams of all providers, cut anywhere, and bytes that nobody would send. */
class FormatPropertyTest {
  private static final String[] TYPES = {
    "text/event-stream", "application/x-ndjson", "application/vnd.amazon.eventstream", "text/plain"
  };

  private static final Map<String, Stream> STREAMS = streams();

  @Test
  void theUncutStreamsSayWhatTheirProvidersMean() {
    assertThat(STREAMS.get("ANTHROPIC").whole())
        .isEqualTo(
            "15 progress, 1 heartbeats, last message_stop, done true, shown true,"
                + " contradicted false, between true");
    for (Map.Entry<String, Stream> stream : STREAMS.entrySet()) {
      assertThat(stream.getValue().whole())
          .as(stream.getKey())
          .contains("done true, shown true, contradicted false, between true");
    }
  }

  @Test
  void aCutAtAnyPlaceChangesNothing() {
    STREAMS.forEach(
        (name, stream) -> {
          String whole = stream.whole();
          for (int cut = 0; cut <= stream.bytes.length; cut++) {
            Told told = new Told(stream.exchange());
            told.chunk(stream.bytes, 0, cut);
            told.chunk(stream.bytes, cut, stream.bytes.length);
            assertThat(told.summary()).as("%s cut at %s", name, cut).isEqualTo(whole);
          }
        });
  }

  @Property(tries = 500)
  void cutsAtRandomPlacesChangeNothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int most) {
    Random random = new Random(seed);
    for (Stream stream : STREAMS.values()) {
      Told told = new Told(stream.exchange());
      for (int from = 0; from < stream.bytes.length; ) {
        int to = Math.min(stream.bytes.length, from + 1 + random.nextInt(most));
        if (random.nextBoolean()) {
          told.chunk(stream.bytes, from, to);
        } else {
          ByteBuffer buffer = buffer(stream.bytes, from, to, random.nextBoolean());
          ByteBuffer before = buffer.duplicate();
          told.chunk(buffer);
          assertThat(buffer).isEqualTo(before);
          assertThat(buffer.position()).isEqualTo(before.position());
        }
        from = to;
      }
      assertThat(told.summary()).isEqualTo(stream.whole());
    }
  }

  /** Direct, or read-only with an offset; both must come out as they went in. */
  private static ByteBuffer buffer(byte[] bytes, int from, int to, boolean direct) {
    if (!direct) {
      return ByteBuffer.wrap(bytes, from, to - from).slice().asReadOnlyBuffer();
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(to - from);
    buffer.put(bytes, from, to - from).flip();
    return buffer;
  }

  @Property(tries = 2000)
  void anyBytesAreTakenAndNothingGrows(
      @ForAll @Size(max = 2000) byte[] bytes, @ForAll @IntRange(max = 3) int type) {
    Told told = new Told(Exchanges.of("POST", "http://h/", TYPES[type]));

    told.chunk(bytes, 0, bytes.length);
    told.end();

    assertThat(told.events().progress() + told.events().heartbeats())
        .isLessThanOrEqualTo(bytes.length + 1L);
    assertThat(told.events().lastName()).hasSizeLessThanOrEqualTo(EventNames.LONGEST);
  }

  /** Damage somewhere in a real stream gets deeper into a format than noise does. */
  @Property(tries = 2000)
  void damagedStreamsAreTakenToo(@ForAll long seed) {
    Random random = new Random(seed);
    for (Stream stream : STREAMS.values()) {
      byte[] damaged = stream.bytes.clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Told told = new Told(stream.exchange());
      int cut = random.nextInt(damaged.length);
      told.chunk(damaged, 0, cut);
      told.chunk(damaged, cut, damaged.length);
      told.end();
      assertThat(told.events().progress()).isLessThan(damaged.length);
    }
  }

  private static Map<String, Stream> streams() {
    Map<String, Stream> streams = new LinkedHashMap<>();
    for (Provider provider : Provider.values()) {
      byte[] body = Wire.expected(provider, Scenario.OK);
      streams.put(provider.name(), new Stream(body, provider.mediaType(), path(provider.name())));
      if (provider.mediaType().startsWith("text/event-stream")) {
        streams.put(provider + " CR", withLineEnds(provider.name(), body, "\r"));
        streams.put(provider + " CRLF", withLineEnds(provider.name(), body, "\r\n"));
        byte[] marked = ("\uFEFF" + text(body)).getBytes(UTF_8);
        streams.put(provider + " BOM", withLineEnds(provider.name(), marked, "\n"));
      }
    }
    streams.put("COHERE", events("COHERE", cohere()));
    streams.put("MISTRAL", events("MISTRAL", mistral()));
    streams.put(
        "BEDROCK", new Stream(bedrock(), "application/vnd.amazon.eventstream", path("BEDROCK")));
    return streams;
  }

  private static String cohere() {
    return """
    event: message-start
    data: {"id":"c1","type":"message-start","delta":{"message":{"role":"assistant"}}}

    event: content-delta
    data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"naïve 世界"}}}}

    event: message-end
    data: {"type":"message-end","delta":{"finish_reason":"COMPLETE"}}

    """;
  }

  private static String mistral() {
    return """
    data: {"id":"m1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"🙂"}}]}

    : keep-alive

    data: {"id":"m1","object":"chat.completion.chunk","choices":[{"delta":{},"finish_reason":"stop"}]}

    data: [DONE]

    """;
  }

  private static byte[] bedrock() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(AwsMessage.event("messageStart"));
    stream.writeBytes(AwsMessage.event("contentBlockDelta"));
    stream.writeBytes(AwsMessage.event("contentBlockStop"));
    stream.writeBytes(AwsMessage.event("messageStop"));
    stream.writeBytes(AwsMessage.event("metadata"));
    return stream.toByteArray();
  }

  private static Stream events(String provider, String text) {
    return new Stream(text.getBytes(UTF_8), "text/event-stream", path(provider));
  }

  private static Stream withLineEnds(String provider, byte[] body, String end) {
    return events(provider, text(body).replace("\n", end));
  }

  /** Where this provider's answers come from. */
  private static String path(String provider) {
    switch (provider) {
      case "ANTHROPIC":
        return "/v1/messages";
      case "OPENAI_RESPONSES":
        return "/v1/responses";
      case "GEMINI":
        return "/v1beta/models/m:streamGenerateContent";
      case "OLLAMA":
        return "/api/chat";
      case "COHERE":
        return "/v2/chat";
      case "BEDROCK":
        return "/model/m/converse-stream";
      default:
        return "/v1/chat/completions";
    }
  }

  private static String text(byte[] body) {
    return new String(body, UTF_8);
  }

  /** A body, its media type and where it comes from. */
  private record Stream(byte[] bytes, String type, String path) {
    Exchange exchange() {
      return Exchanges.of("POST", "http://h" + path, type);
    }

    String whole() {
      Told told = new Told(exchange());
      told.chunk(bytes, 0, bytes.length);
      return told.summary();
    }
  }
}
