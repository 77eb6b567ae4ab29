package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server remembers of its exchanges, one and many. */
@Timeout(180)
class RecordTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int MANY = 1000;
  private static final int CANCEL = 8;

  private StallServer server;

  @BeforeEach
  void start() {
    server = StallServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsThatAConnectionWasUsedAgain() throws Exception {
    HttpClient client = WireKind.H1.client(server);
    post(client, WireKind.H1, Scenario.OK, "run=1").body().readAllBytes();
    post(client, WireKind.H1, Scenario.OK, "run=2").body().readAllBytes();

    List<SeenExchange> exchanges = server.exchanges();

    assertThat(exchanges).extracting(SeenExchange::number).containsExactly(1, 2, 3);
    assertThat(exchanges)
        .extracting(SeenExchange::connection)
        .containsOnly(exchanges.get(0).connection());
    assertThat(exchanges.get(2).path()).isEqualTo("/scenario/ok;run=2/v1/messages");
    assertThat(exchanges.get(2).label()).isEqualTo("ANTHROPIC ok");
  }

  @Test
  void tellsThatAnAbortedConnectionWasNotUsedAgain() throws Exception {
    HttpClient client = WireKind.H1.client(server);
    post(client, WireKind.H1, Scenario.STALL_MID, "").body().close();
    SeenExchange stalled =
        server.awaitExchange(each -> each.ending() == SeenEnding.CLOSED, DEADLINE);

    post(client, WireKind.H1, Scenario.OK, "").body().readAllBytes();

    assertThat(server.exchanges().get(2).connection()).isNotEqualTo(stalled.connection());
    assertThat(server.awaitConnectionClosed(stalled.connection(), DEADLINE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = WireKind.class,
      names = {"H2C", "TLS_H2"})
  void tellsThatOneStreamWasCancelledAndItsSiblingsFinished(WireKind wire) throws Exception {
    HttpClient client = wire.client(server);
    List<CompletableFuture<HttpResponse<InputStream>>> answers =
        IntStream.rangeClosed(1, 4).mapToObj(i -> postAsync(client, wire, i)).toList();
    answers.get(2).get(60, TimeUnit.SECONDS).body().close();
    for (int i : new int[] {0, 1, 3}) {
      assertThat(answers.get(i).get(60, TimeUnit.SECONDS).body().readAllBytes())
          .isEqualTo(Wire.expected(Provider.ANTHROPIC, Scenario.MANY_PARALLEL, "stall=3"));
    }

    SeenExchange cancelled =
        server.awaitExchange(each -> each.ending() == SeenEnding.RESET, DEADLINE);

    assertThat(cancelled.path()).contains("stream=3");
    assertThat(cancelled.errorCode()).isEqualTo(CANCEL);
    assertThat(server.exchanges())
        .extracting(SeenExchange::connection)
        .containsOnly(cancelled.connection());
    assertThat(server.exchanges()).extracting(SeenExchange::stream).doesNotHaveDuplicates();
    server.awaitExchanges(4, each -> each.ending() == SeenEnding.COMPLETED, DEADLINE);
  }

  @Test
  void countsParallelStreamsByArrivalWhenTheyHaveNoNumber() throws Exception {
    HttpClient client = WireKind.TLS_H2.client(server);
    String settings = "stall=2;period-ms=1";
    byte[] first =
        post(client, WireKind.TLS_H2, Scenario.MANY_PARALLEL, settings).body().readAllBytes();
    InputStream second = post(client, WireKind.TLS_H2, Scenario.MANY_PARALLEL, settings).body();
    byte[] third =
        post(client, WireKind.TLS_H2, Scenario.MANY_PARALLEL, settings).body().readAllBytes();

    assertThat(third).isEqualTo(first);
    assertThat(server.exchanges().get(2).ended()).isFalse();
    second.close();
  }

  @Test
  void recordsEachEventWithItsTime() throws Exception {
    HttpClient client = WireKind.H1.client(server);
    byte[] body =
        post(client, WireKind.H1, Scenario.SLOW_BUT_ALIVE, "events=3;period-ms=20")
            .body()
            .readAllBytes();
    SeenExchange exchange =
        server.awaitExchange(each -> each.number() == 2 && each.ended(), DEADLINE);

    List<SeenExchange.Sent> sent = exchange.sent();

    assertThat(exchange.bytesSent()).isEqualTo(body.length);
    assertThat(exchange.eventsSent()).isEqualTo(9);
    assertThat(sent.stream().mapToInt(SeenExchange.Sent::bytes).sum()).isEqualTo(body.length);
    assertThat(sent.get(4).nanos() - sent.get(3).nanos()).isGreaterThanOrEqualTo(20_000_000L);
    assertThat(exchange.headNanos() - exchange.startedNanos()).isPositive();
    assertThat(exchange.endedNanos() - exchange.headNanos()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(WireKind.class)
  void holdsAThousandStalledStreamsWithoutAThreadForEach(WireKind wire) throws Exception {
    HttpClient client = wire.client(server);
    List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      answers.add(postAsync(client, request(wire, Scenario.STALL_MID, "run=" + i)));
    }
    byte[] expected = Wire.expected(Provider.ANTHROPIC, Scenario.STALL_MID);
    List<InputStream> bodies = new ArrayList<>();
    for (CompletableFuture<HttpResponse<InputStream>> answer : answers) {
      bodies.add(answer.get(60, TimeUnit.SECONDS).body());
    }
    for (InputStream body : bodies) {
      assertThat(body.readNBytes(expected.length)).isEqualTo(expected);
    }

    assertThat(server.exchanges().stream().filter(each -> !each.ended())).hasSize(MANY);
    assertThat(serverThreads()).isLessThan(40);

    for (InputStream body : bodies) {
      body.close();
    }
    SeenEnding ending = wire.multiplexed() ? SeenEnding.RESET : SeenEnding.CLOSED;
    server.awaitExchanges(MANY, each -> each.ending() == ending, DEADLINE);
  }

  @Test
  void saysWhatThereWasWhenTheAwaitedExchangeIsMissing() throws Exception {
    WireKind.H1.client(server);

    assertThatThrownBy(
            () -> server.awaitExchange(each -> each.stream() == 99, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("#1 GET /echo HTTP/1.1");
  }

  @Test
  void closesItsConnectionsWhenItStops() throws Exception {
    InputStream body =
        post(WireKind.H1.client(server), WireKind.H1, Scenario.STALL_FIRST_BYTE, "").body();

    server.close();

    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
  }

  @Test
  void keepsTheFirstResetOfAStreamThatFramesHadCrossed() {
    int streamClosed = 5;
    SeenExchange exchange =
        new SeenExchange(1, new SeenExchange.Peer(1, 1, "HTTP/2.0"), "POST", "/");

    exchange.reset(CANCEL);
    exchange.reset(streamClosed);

    assertThat(exchange.errorCode()).isEqualTo(CANCEL);
  }

  private HttpResponse<InputStream> post(
      HttpClient client, WireKind wire, Scenario scenario, String settings) throws Exception {
    return client.send(request(wire, scenario, settings), BodyHandlers.ofInputStream());
  }

  private CompletableFuture<HttpResponse<InputStream>> postAsync(
      HttpClient client, WireKind wire, int number) {
    URI uri =
        URI.create(
            server.base(wire.port, Scenario.MANY_PARALLEL, "stall=3")
                + "/v1/messages?stream="
                + number);
    return postAsync(
        client, HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{}")).build());
  }

  private static CompletableFuture<HttpResponse<InputStream>> postAsync(
      HttpClient client, HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofInputStream());
  }

  private HttpRequest request(WireKind wire, Scenario scenario, String settings) {
    URI uri = URI.create(server.base(wire.port, scenario, settings) + Provider.ANTHROPIC.path());
    return HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{}")).build();
  }

  private static long serverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("stall-server"))
        .count();
  }
}
