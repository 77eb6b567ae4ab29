package io.stallguard.testing.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request's path split into the scenario's segment and what the client itself asked for.
 *
 * @param scenario name without settings, {@code ok} if the path has no scenario
 * @param rest the path after the scenario, as a client without the prefix would send it
 */
record RequestPath(String scenario, ScenarioSettings settings, String rest) {

  private static final String PREFIX = "/scenario/";

  /**
   * @param path raw: some clients encode the semicolon, some don't
   */
  static RequestPath parse(String path, @Nullable String query) {
    if (!path.startsWith(PREFIX)) {
      return of(path, path.indexOf(';'), "ok", query);
    }
    int end = path.indexOf('/', PREFIX.length());
    String segment = decode(path.substring(PREFIX.length(), end < 0 ? path.length() : end));
    String rest = end < 0 ? "" : path.substring(end);
    String[] parts = segment.split(";", 2);
    ScenarioSettings settings = ScenarioSettings.parse(parts.length > 1 ? parts[1] : "");
    return new RequestPath(parts[0], settings.withQuery(query), rest);
  }

  private static RequestPath of(
      String path, int semicolon, String scenario, @Nullable String query) {
    String rest = semicolon < 0 ? path : path.substring(0, semicolon);
    ScenarioSettings settings =
        ScenarioSettings.parse(semicolon < 0 ? "" : decode(path.substring(semicolon + 1)));
    return new RequestPath(scenario, settings.withQuery(query), decode(rest));
  }

  static String decode(String text) {
    // A plus is a plus in a path; only a form has it for a blank.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
