package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An answer that a client of a {@link ChaosPlan} asks for.
 *
 * @param virtual whether a virtual thread waits for it
 * @param guarded whether its media type is that of a stream
 * @param fate how it goes on and ends
 * @param settings of the scenario; both sides know from them what is sent when
 * @param pauseMillis how long its consumer is busy with one piece
 * @param pausePiece which one that is, from 1
 */
record ChaosStream(
    String id,
    Way way,
    boolean virtual,
    boolean guarded,
    Scenario fate,
    String settings,
    long startMillis,
    long pauseMillis,
    int pausePiece) {

  /** What holds up all that stands on it. */
  static final String ALL = "all";

  static final String VIRTUAL = "virtual";
  static final String JDK = "JavaHttpClientProbe";

  private static final String REACTOR_NETTY = "reactor-netty";

  /** The probes whose streams have threads in common, and what they have them in common with. */
  private static final Map<String, String> SHARING =
      Map.of(
          JDK,
          JDK,
          "ApacheAsync5Probe",
          "apache-5",
          "ApacheAsync4Probe",
          "apache-4",
          "ReactorNettyProbe",
          REACTOR_NETTY,
          "WebClientProbe",
          REACTOR_NETTY,
          "AzureNettyProbe",
          REACTOR_NETTY,
          "AsyncHttpClientProbe",
          "async-http-client",
          "AwsNettyProbe",
          "aws");

  private static final Set<Scenario> HEALTHY =
      Set.of(Scenario.SLOW_BUT_ALIVE, Scenario.SLOW_CONSUMER);

  private static final String DATA = "data: ";

  JobLine job(Function<Port, URI> bases) {
    String form = "%sat-%d+plain+%s".formatted(virtual ? "virtual+" : "", pausePiece, way.form());
    return JobLine.named(bases, id, form, way.protocol(), fate, settings).withPause(pauseMillis);
  }

  boolean dies() {
    return !HEALTHY.contains(fate);
  }

  /** Whether the end that the agent makes of it is one, and not an exception. */
  boolean endsAfterDone() {
    return fate == Scenario.DONE_NO_CLOSE;
  }

  /** The name of what its consumer holds up while that is busy. */
  String key() {
    return SHARING.getOrDefault(probe(), id);
  }

  /** The names of what its reader is held up by. */
  Set<String> keys() {
    Set<String> keys = new HashSet<>(List.of(ALL, key(), id));
    // The selector of the JDK's client is a virtual thread since JDK 26.
    if (virtual || key().equals(JDK)) {
      keys.add(VIRTUAL);
    }
    return keys;
  }

  private String probe() {
    return way.form().substring(0, way.form().indexOf('/'));
  }

  int bodyBytes() {
    return body().length;
  }

  /** The hash of what arrives if it ends in this way. */
  String expected(boolean atEnd) {
    if (way.form().endsWith("/string") && !atEnd) {
      return Outcome.sha256(new byte[0]);
    }
    return Outcome.sha256(way.form().endsWith("/sse") ? data() : body());
  }

  private byte[] body() {
    return JobLine.body(fate, settings);
  }

  /** Of each event what a listener gets. */
  private byte[] data() {
    return new String(body(), UTF_8)
        .lines()
        .filter(line -> line.startsWith(DATA))
        .map(line -> line.substring(DATA.length()))
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }
}
