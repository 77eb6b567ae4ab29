package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers beside the plain scenarios. */
@Timeout(120)
class EndpointTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .build();
  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/json", "/json?delay-ms=20", "/json?delay-ms=20&half", "/json;half;delay-ms=20"})
  void answersJson(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);

    assertThat(response.body()).isEqualTo(Wire.json());
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
  }

  @Test
  void delaysTheHeadOfJson() throws Exception {
    long startNanos = System.nanoTime();

    get("/json?delay-ms=300");

    assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(300_000_000L);
  }

  @Test
  void echoesABody() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/echo")).POST(BodyPublishers.ofString("naïve")).build();

    assertThat(CLIENT.send(request, BodyHandlers.ofString()).body()).isEqualTo("naïve");
  }

  @Test
  void endsASubscriptionAfterItsEvents() throws Exception {
    String event = new String(Wire.subscriptionEvent());

    assertThat(new String(get("/subscription?events=3&period-ms=5").body()))
        .isEqualTo(event.repeat(3));
  }

  @Test
  void goesOnWithASubscriptionForEver() throws Exception {
    byte[] event = Wire.subscriptionEvent();

    try (InputStream body = stream("/subscription?period-ms=1")) {
      for (int i = 0; i < 50; i++) {
        assertThat(body.readNBytes(event.length)).isEqualTo(event);
      }
    }
  }

  @Test
  void staysSilentOnASubscriptionWithoutPeriod() throws Exception {
    try (InputStream body = stream("/subscription?run=silent")) {
      SeenExchange exchange =
          server.awaitExchange(
              each -> each.path().endsWith("run=silent") && each.headNanos() != 0, DEADLINE);

      assertThat(body.available()).isZero();
      assertThat(exchange.ended()).isFalse();
    }
  }

  @Test
  void redirectsToAStream() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/redirect?to=/scenario/truncated/api/chat"))
            .POST(BodyPublishers.ofString("{}"))
            .build();

    HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());

    assertThat(response.body()).isEqualTo(Wire.expected(Provider.OLLAMA, Scenario.TRUNCATED));
    assertThat(response.uri().getPath()).isEqualTo("/scenario/truncated/api/chat");
  }

  @Test
  void compressesAWholeAnswer() throws Exception {
    HttpResponse<byte[]> response = get("/scenario/ok;encoding=gzip/v1/messages");

    assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
        .isEqualTo(Wire.expected(Provider.ANTHROPIC, Scenario.OK));
  }

  @Test
  void compressesSoThatEachEventIsReadableBeforeTheStall() throws Exception {
    byte[] expected = Wire.expected(Provider.ANTHROPIC, Scenario.STALL_MID);

    try (InputStream body = stream("/scenario/stall-mid;encoding=gzip/v1/messages")) {
      assertThat(new GZIPInputStream(body).readNBytes(expected.length)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {";type=text%2Fplain", "%3Btype%3Dtext%2Fplain"})
  void answersWithTheAskedMediaType(String settings) throws Exception {
    HttpResponse<byte[]> response = get("/scenario/ok" + settings + "/v1/messages");

    assertThat(response.headers().firstValue("content-type")).contains("text/plain");
  }

  @Test
  void answersWithTheAskedStatus() throws Exception {
    assertThat(get("/scenario/ok;status=529/v1/messages").statusCode()).isEqualTo(529);
  }

  @Test
  void endsABodyWithTheConnectionWhenAsked() throws Exception {
    HttpResponse<byte[]> response = get("/scenario/ok;framing=close;run=framing/api/chat");

    assertThat(response.headers().firstValue("transfer-encoding")).isEmpty();
    assertThat(response.body()).isEqualTo(Wire.expected(Provider.OLLAMA, Scenario.OK));
    int connection = awaitPath("/scenario/ok;framing=close;run=framing/api/chat").connection();
    assertThat(server.awaitConnectionClosed(connection, DEADLINE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stall-mid",
        "stall-first-byte",
        "stall-headers",
        "half-event",
        "burst-then-stall"
      })
  void goesOnAfterAStallThatResumes(String scenario) throws Exception {
    byte[] whole = Wire.expected(Provider.OPENAI_CHAT, Scenario.OK, "burst-bytes=2048");

    byte[] body =
        get("/scenario/" + scenario + ";resume-ms=20;burst-bytes=2048/chat/completions").body();

    assertThat(new String(body)).isEqualTo(new String(whole));
  }

  @Test
  void sendsHeartbeatsOnAndOn() throws Exception {
    byte[] before = Wire.expected(Provider.ANTHROPIC, Scenario.PING_ONLY);
    byte[] heartbeat = Wire.heartbeat(Provider.ANTHROPIC);

    try (InputStream body = stream("/scenario/ping-only;period-ms=1/v1/messages")) {
      body.readNBytes(before.length);
      for (int i = 0; i < 50; i++) {
        assertThat(body.readNBytes(heartbeat.length)).isEqualTo(heartbeat);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tools/call, 200, text/event-stream",
    "tools/list, 200, application/json",
    "initialize, 200, application/json"
  })
  void answersAsAnMcpServer(String method, int status, String type) throws Exception {
    String call = "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"" + method + "\"}";

    HttpResponse<byte[]> response = post("/mcp", call);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains(type);
    assertThat(new String(response.body())).contains("\"id\":\"a-1\",\"result\":{");
  }

  @Test
  void acceptsWhatAnMcpClientTellsAndIsSilentWhereItListens() throws Exception {
    assertThat(post("/mcp", "{\"method\":\"notifications/initialized\"}").statusCode())
        .isEqualTo(202);

    try (InputStream body = stream("/mcp;run=listening")) {
      SeenExchange exchange =
          server.awaitExchange(
              each -> each.path().endsWith("run=listening") && each.headNanos() != 0, DEADLINE);

      assertThat(body.available()).isZero();
      assertThat(exchange.label()).isEqualTo("MCP listen");
      assertThat(exchange.ended()).isFalse();
    }
  }

  @Test
  void echoesOnAWebSocketAfterItsSilence() throws Exception {
    CompletableFuture<String> echoed = new CompletableFuture<>();
    URI uri = URI.create(uri("/websocket?silent-ms=50").toString().replace("http:", "ws:"));
    WebSocket socket =
        CLIENT
            .newWebSocketBuilder()
            .buildAsync(uri, new Listener(echoed))
            .get(30, TimeUnit.SECONDS);

    socket.sendText("hello", true);

    assertThat(echoed.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
    socket.abort();
  }

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build();
    return CLIENT.send(request, BodyHandlers.ofByteArray());
  }

  private static InputStream stream(String path) throws IOException, InterruptedException {
    return CLIENT
        .send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream())
        .body();
  }

  private static URI uri(String path) {
    return URI.create(server.base(Port.CLEAR) + path);
  }

  private static SeenExchange awaitPath(String path) {
    return server.awaitExchange(each -> each.path().equals(path), DEADLINE);
  }

  /** Completes with the first text. */
  private record Listener(CompletableFuture<String> echoed) implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      echoed.complete(text.toString());
      return null;
    }
  }
}
