package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Provider;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import io.stallguard.testing.server.Wire;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An SDK or wrapper in its latest version, with all its ways of use.
 *
 * @param name of its class path
 * @param probe class of its probe
 * @param port that it speaks to
 * @param path what is added to the base URL, for those that take a whole URL
 */
record SdkClient(String name, String probe, Port port, String path, List<Way> ways) {
  /** A piece of text in Anthropic's format; the other formats carry the same texts. */
  private static final Pattern TEXT = Pattern.compile("\"text_delta\",\"text\":\"([^\"]*)\"");

  static SdkClient of(String name, String probe, Way... ways) {
    return new SdkClient(name, probe, Port.CLEAR, "", List.of(ways));
  }

  SdkClient over(Port other) {
    return new SdkClient(name, probe, other, path, ways);
  }

  /** For a wrapper: the whole URL is its own matter. */
  SdkClient asking(String whole) {
    return new SdkClient(name, probe, port, whole, ways);
  }

  boolean uses(Transport transport) {
    return ways.stream().anyMatch(way -> way.transport() == transport);
  }

  /** What reaches the app of this scenario: the pieces of text, or the bytes of the whole body. */
  long delivered(Way way, Scenario scenario) {
    byte[] body = Wire.expected(Provider.ANTHROPIC, scenario);
    return path.isEmpty() || way.is(Trait.HANDS_OUT_EVENTS)
        ? TEXT.matcher(new String(body, UTF_8)).results().mapToLong(SdkClient::length).sum()
        : body.length;
  }

  /** What reaches the app of a scenario in which the stream fails. */
  long deliveredBeforeFailure(Way way, Scenario scenario) {
    byte[] body = Wire.expected(Provider.ANTHROPIC, scenario);
    List<MatchResult> pieces = TEXT.matcher(new String(body, UTF_8)).results().toList();
    return way.is(Trait.KEEPS_ONE_BACK) && !pieces.isEmpty()
        ? delivered(way, scenario) - length(pieces.get(pieces.size() - 1))
        : delivered(way, scenario);
  }

  private static long length(MatchResult piece) {
    return piece.group(1).getBytes(UTF_8).length;
  }

  /** Whether the app gets what the provider says, its errors too, as it stands on the wire. */
  boolean handsOutErrors() {
    return !path.isEmpty();
  }

  /** A job whose record can be found by the run, in which no other job has this form. */
  JobLine job(StallServer server, Way way, Scenario scenario, String run) {
    String id = String.join("-", name, way.form(), scenario.pathName(), run);
    String url = server.base(port, scenario, settings(scenario) + "run=" + id) + path;
    return new JobLine(id, way.form(), Protocol.H1, "POST", 0, url);
  }

  /**
   * Ktor's Java engine loses the failure of a connection that breaks right behind its head, without
   * the agent too, and waits for ever.
   */
  private static String settings(Scenario scenario) {
    return scenario == Scenario.TRUNCATED_CUT ? "period-ms=200;" : "";
  }

  /**
   * A way of use.
   *
   * @param form the probe's name for it
   */
  record Way(String form, Transport transport, Set<Trait> traits) {
    static Way of(String form, Transport transport, Trait... traits) {
      return new Way(form, transport, Set.of(traits));
    }

    boolean is(Trait trait) {
      return traits.contains(trait);
    }
  }

  /** What is different about a way of use. */
  enum Trait {
    /** The SDK sends a request again if nothing of its answer had come. */
    REPEATS_WHAT_DELIVERED_NOTHING,
    /** The SDK may take a connection that breaks off for the end, without the agent too. */
    ENDS_WHEN_CUT,
    /** A wrapper that reads events, and leaves what is in them to the app. */
    HANDS_OUT_EVENTS,
    /** The SDK cannot read what only says "alive": a comment, a blank line of NDJSON. */
    FAILS_ON_HEARTBEATS,
    /** The SDK hands a piece over when it has the next one, and drops it when there is none. */
    KEEPS_ONE_BACK
  }
}
