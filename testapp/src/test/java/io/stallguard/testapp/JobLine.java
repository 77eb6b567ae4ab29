package io.stallguard.testapp;

import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Provider;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import io.stallguard.testing.server.Wire;
import java.net.URI;
import java.util.function.Function;

/**
 * A job for a probe.
 *
 * @param id stands in the path too, so that the server's record of it can be found
 */
record JobLine(
    String id, String form, Protocol protocol, String method, long pauseMillis, String url) {

  /** Asks for a scenario of the Anthropic wire format. */
  static JobLine of(
      StallServer server, String form, Protocol protocol, Scenario scenario, String settings) {
    String id = form + "-" + protocol + "-" + scenario.pathName();
    return named(server, id, form, protocol, scenario, settings);
  }

  static JobLine named(
      StallServer server,
      String id,
      String form,
      Protocol protocol,
      Scenario scenario,
      String settings) {
    return named(server::base, id, form, protocol, scenario, settings);
  }

  /**
   * @param bases where the ports of a server are reached
   */
  static JobLine named(
      Function<Port, URI> bases,
      String id,
      String form,
      Protocol protocol,
      Scenario scenario,
      String settings) {
    String all = settings.isEmpty() ? "run=" + id : settings + ";run=" + id;
    String path = "/scenario/" + scenario.pathName() + ";" + all + Provider.ANTHROPIC.path();
    String url = bases.apply(protocol.port()) + path + "?secret=in-the-query";
    return new JobLine(id, form, protocol, "POST", 0, url);
  }

  /** Asks an {@code OutageProbe} for something that needs no server. */
  static JobLine command(String id, String form, long pauseMillis) {
    return new JobLine(id, form, Protocol.H1, "GET", pauseMillis, "-");
  }

  /** Asks for something else that the server has. */
  static JobLine plain(
      StallServer server, String id, String form, Protocol protocol, String method, String path) {
    String mark = (path.contains("?") ? "&" : "?") + "run=" + id;
    return new JobLine(id, form, protocol, method, 0, server.base(protocol.port()) + path + mark);
  }

  /**
   * The server is silent for longer than the limit, and the consumer busy for longer than that with
   * what came before.
   */
  static JobLine silentWhileBusy(StallServer server, String form) {
    String settings = "resume-ms=" + ClientRun.LONG_MILLIS;
    String id = "silent-while-busy-" + form;
    return named(server, id, form, Protocol.H1, Scenario.STALL_MID, settings)
        .withPause(ClientRun.LONG_MILLIS + ClientRun.LIMIT_MILLIS);
  }

  JobLine named(String other) {
    return new JobLine(other, form, protocol, method, pauseMillis, url);
  }

  JobLine withPause(long millis) {
    return new JobLine(id, form, protocol, method, millis, url);
  }

  /** What the server sends of a scenario. */
  static byte[] body(Scenario scenario, String settings) {
    return Wire.expected(Provider.ANTHROPIC, scenario, settings);
  }

  String text() {
    return String.join(
        "\t", id, form, protocol.http2() ? "2" : "1", method, Long.toString(pauseMillis), url);
  }
}
