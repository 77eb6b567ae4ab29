package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import io.stallguard.testing.server.Wire;
import java.util.ArrayList;
import java.util.List;

/** What waits for a minute and is no stream, or no stream of this JVM's clients. */
final class QuietItems {
  static final long SILENT_MILLIS = 60_000;

  private static final String OK_HTTP = "OkHttpProbe/blocking";
  private static final String HTTP_CLIENT = "JavaHttpClientProbe/string";
  private static final String URL_CONNECTION = "HttpUrlConnectionProbe/stream";
  private static final String APACHE_5 = "ApacheHttpClient5Probe/blocking";

  private final StallServer server;

  QuietItems(StallServer server) {
    this.server = server;
  }

  /**
   * Something that waits.
   *
   * @param body what it is to receive in the end
   */
  record Item(JobLine job, byte[] body) {
    String id() {
      return job.id();
    }

    boolean isWhole(Outcome outcome) {
      return outcome.ended()
          && outcome.bytes() == body.length
          && outcome.sha256().equals(Outcome.sha256(body));
    }
  }

  /** Items that leave connections in the pool, or find them there: nobody else uses these. */
  List<Item> pooled(String turn) {
    return List.of(
        pooled("okhttp-h1", turn, OK_HTTP, Protocol.TLS_H1),
        pooled("okhttp-h2", turn, OK_HTTP, Protocol.TLS_H2),
        pooled("jdk-client-h1", turn, HTTP_CLIENT, Protocol.TLS_H1),
        pooled("jdk-client-h2", turn, HTTP_CLIENT, Protocol.TLS_H2),
        pooled("apache-5-h1", turn, APACHE_5, Protocol.TLS_H1));
  }

  private Item pooled(String name, String turn, String form, Protocol protocol) {
    String id = "pooled-" + name + "-" + turn;
    return new Item(
        JobLine.named(server, id, form, protocol, Scenario.OK, ""), JobLine.body(Scenario.OK, ""));
  }

  /** Those that nothing may touch, whatever the media types. */
  List<Item> waiting() {
    List<Item> items = new ArrayList<>();
    items.add(webSocket("websocket-jdk-client", "JavaHttpClientProbe/websocket"));
    items.add(webSocket("websocket-okhttp", "OkHttpProbe/websocket"));
    items.add(webSocket("websocket-reactor-netty", "quiet.ReactorNettySocketProbe/websocket"));
    items.add(webSocket("websocket-netty", "quiet.NettySocketProbe/websocket"));
    items.add(here("jdbc-query", "quiet.JdbcProbe/query", "slept\n", 2));
    items.add(here("blocking-pop", "quiet.BlockingReadProbe/pop", "*2\n$4\njobs\n$5\nhello\n", 2));
    items.add(here("nio-long-poll", "quiet.SelectorProbe/poll", "\0\0\0\6record", 4));
    items.add(here("socket", "SocketProbe/silent", "data: 1\n\ndata: 2\n\n", 1));
    // Twelve silences of 5 s: six in the middle of a body, six between two requests.
    items.add(here("server-tomcat", "quiet.TomcatProbe/echo", "data: 1\n\n", 12));
    items.add(here("server-netty", "quiet.NettyServerProbe/echo", "data: 1\n\n", 12));
    items.add(here("server-jdk", "quiet.JdkServerProbe/echo", "data: 1\n\n", 12));
    items.add(
        here(
            "server-jdk-posted-to",
            "HttpUrlConnectionProbe/server",
            "data: 1\n\ndata: 2\n\ndata: 3\n\n",
            1));
    return items;
  }

  /** Half of the answer, silence, the other half: of a media type that is not guarded. */
  List<Item> slowAnswers() {
    return List.of(
        slowAnswer("json-url-connection", URL_CONNECTION, Protocol.H1),
        slowAnswer("json-jdk-client", HTTP_CLIENT, Protocol.TLS_H2),
        slowAnswer("json-okhttp", OK_HTTP, Protocol.H2C),
        slowAnswer("json-apache-5", APACHE_5, Protocol.H1));
  }

  private Item slowAnswer(String id, String form, Protocol protocol) {
    String path = "/json?half=true&delay-ms=" + SILENT_MILLIS;
    return new Item(JobLine.plain(server, id, form, protocol, "POST", path), Wire.json());
  }

  /** A stream that stalls: what the agent is there for. */
  JobLine control() {
    return JobLine.named(server, "control", OK_HTTP, Protocol.H1, Scenario.STALL_MID, "");
  }

  private Item webSocket(String id, String form) {
    String path = "/websocket?silent-ms=" + SILENT_MILLIS;
    return new Item(
        JobLine.plain(server, id, form, Protocol.H1, "GET", path).withPause(SILENT_MILLIS),
        "hello".getBytes(US_ASCII));
  }

  /** An item whose peer is in the same JVM. */
  private Item here(String id, String form, String piece, int pieces) {
    JobLine job = JobLine.plain(server, id, form, Protocol.H1, "POST", "/");
    return new Item(job.withPause(SILENT_MILLIS), piece.repeat(pieces).getBytes(US_ASCII));
  }
}
