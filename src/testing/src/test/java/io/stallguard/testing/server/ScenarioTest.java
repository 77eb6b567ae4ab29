package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of every provider on every wire, byte for byte. */
@Timeout(120)
class ScenarioTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(20);
  private static final String SETTINGS = "period-ms=1;burst-bytes=300000;stream=1";

  private static final Set<Scenario> ENDING =
      EnumSet.of(
          Scenario.OK,
          Scenario.SLOW_BUT_ALIVE,
          Scenario.SLOW_CONSUMER,
          Scenario.TRUNCATED,
          Scenario.ERROR_CLOSE,
          Scenario.HALF_AGAIN,
          Scenario.DONE_THEN_MORE);
  private static final Set<Scenario> WITHOUT_HEAD = EnumSet.of(Scenario.STALL_HEADERS);

  private static final Map<WireKind, HttpClient> CLIENTS = new EnumMap<>(WireKind.class);
  private static StallServer server;

  @BeforeAll
  static void start() throws Exception {
    server = StallServer.start();
    for (WireKind wire : WireKind.values()) {
      CLIENTS.put(wire, wire.client(server));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> everything() {
    return Stream.of(WireKind.values())
        .flatMap(wire -> Stream.of(Provider.values()).map(provider -> Arguments.of(wire, provider)))
        .flatMap(
            pair ->
                Stream.of(Scenario.values())
                    .map(each -> Arguments.of(pair.get()[0], pair.get()[1], each)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("everything")
  void sendsTheExpectedBytesAndThenEndsAsTheScenarioSays(
      WireKind wire, Provider provider, Scenario scenario) throws Exception {
    String settings = SETTINGS + ";run=" + wire + provider;
    URI uri = URI.create(server.base(wire.port, scenario, settings) + provider.path());
    byte[] expected = Wire.expected(provider, scenario, settings);

    if (WITHOUT_HEAD.contains(scenario)) {
      assertNoHead(wire, uri);
      return;
    }
    if (scenario == Scenario.TRUNCATED_CUT) {
      assertCut(wire, uri, expected);
      return;
    }
    HttpResponse<InputStream> response =
        CLIENTS.get(wire).send(request(uri), BodyHandlers.ofInputStream());
    byte[] received = response.body().readNBytes(expected.length);

    assertThat(new String(received)).isEqualTo(new String(expected));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains(provider.mediaType());
    assertEnd(wire, scenario, response.body(), exchange(uri));
  }

  private void assertEnd(WireKind wire, Scenario scenario, InputStream body, SeenExchange exchange)
      throws Exception {
    assertThat(exchange.protocol()).isEqualTo(wire.protocol);
    if (ENDING.contains(scenario)) {
      assertThat(body.read()).isEqualTo(-1);
      assertThat(ended(exchange).ending()).isEqualTo(SeenEnding.COMPLETED);
    } else {
      assertThat(exchange.ended()).isFalse();
      body.close();
      assertAborted(wire, ended(exchange));
    }
  }

  private void assertAborted(WireKind wire, SeenExchange exchange) {
    assertThat(exchange.ending())
        .isEqualTo(wire.multiplexed() ? SeenEnding.RESET : SeenEnding.CLOSED);
    assertThat(exchange.errorCode()).isEqualTo(wire.multiplexed() ? 8 : -1);
    if (wire.multiplexed()) {
      assertThat(server.connectionOpen(exchange.connection())).isTrue();
    } else {
      assertThat(server.awaitConnectionClosed(exchange.connection(), DEADLINE)).isTrue();
    }
  }

  /**
   * A client may drop what it had not delivered when its connection breaks. The JDK's was once seen
   * to wait for ever then, over HTTP/2: what is tested is the server, and no read is waited for
   * longer than that.
   */
  private void assertCut(WireKind wire, URI uri, byte[] expected) throws Exception {
    var received = new ByteArrayOutputStream();
    HttpClient client = CLIENTS.get(wire);
    var reader =
        new FutureTask<>(
            () ->
                client
                    .send(request(uri), BodyHandlers.ofInputStream())
                    .body()
                    .transferTo(received));
    Thread thread = new Thread(reader, "reader");
    thread.setDaemon(true);
    thread.start();

    assertThat(ended(exchange(uri)).ending()).isEqualTo(SeenEnding.CUT);
    assertThat(exchange(uri).bytesSent()).isEqualTo(expected.length);
    try {
      assertThatThrownBy(() -> reader.get(CLIENT_PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    } catch (AssertionError e) {
      assertThat(wire.multiplexed() && !reader.isDone()).as(e.getMessage()).isTrue();
    }
    assertThat(new String(expected)).startsWith(received.toString());

    // A post isn't upgraded: the client needs its next connection made.
    CLIENTS.put(wire, wire.client(server));
  }

  private void assertNoHead(WireKind wire, URI uri) {
    var pending = CLIENTS.get(wire).sendAsync(request(uri), BodyHandlers.ofInputStream());
    SeenExchange exchange =
        server.awaitExchange(each -> of(each, uri) && each.requestBytes() > 0, DEADLINE);

    assertThat(pending).isNotDone();
    assertThat(exchange.headNanos()).isZero();
    assertThat(exchange.ended()).isFalse();

    pending.cancel(true);
    assertAborted(wire, ended(exchange));
  }

  private static HttpRequest request(URI uri) {
    return HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{\"stream\":true}")).build();
  }

  private static SeenExchange exchange(URI uri) {
    return server.awaitExchange(each -> of(each, uri), DEADLINE);
  }

  private static boolean of(SeenExchange exchange, URI uri) {
    return uri.toString().endsWith(exchange.path());
  }

  private static SeenExchange ended(SeenExchange exchange) {
    return server.awaitExchange(each -> each == exchange && each.ended(), DEADLINE);
  }
}
