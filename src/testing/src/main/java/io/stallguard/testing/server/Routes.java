package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Finds the script that a request asks for. */
final class Routes {

  private static final List<String> PLAIN_PATHS =
      List.of("/json", "/echo", "/subscription", "/redirect", "/websocket", "/mcp");

  /**
   * Arrivals per scenario path, by which parallel streams without a number of their own are told
   * apart.
   */
  private final Map<String, AtomicInteger> arrivals = new ConcurrentHashMap<>();

  /**
   * @param path raw path of the request
   * @param query raw query, null without one
   * @param body what the client sent, for the echo
   */
  Script script(String method, String path, @Nullable String query, byte[] body) {
    try {
      RequestPath request = RequestPath.parse(path, query);
      return request.rest().equals("/mcp")
          ? McpScripts.of(method, body)
          : find(path, request, body);
    } catch (IllegalArgumentException e) {
      return notFound(String.valueOf(e.getMessage()));
    }
  }

  private Script find(String path, RequestPath request, byte[] body) {
    ScenarioSettings settings = request.settings();
    return switch (request.rest()) {
      case "/json" -> PlainScripts.json(settings);
      case "/echo" -> PlainScripts.echo(settings, body);
      case "/subscription" -> PlainScripts.subscription(settings);
      case "/redirect" -> PlainScripts.redirect(settings);
      default -> scenario(path, request);
    };
  }

  private Script scenario(String path, RequestPath request) {
    Scenario scenario = Scenario.ofPathName(request.scenario());
    Provider provider =
        Provider.ofPath(request.rest()).orElseThrow(() -> noProvider(request.rest()));
    ScenarioSettings settings = request.settings();
    if (scenario == Scenario.MANY_PARALLEL) {
      settings = settings.withDefault(ScenarioSettings.STREAM, arrival(path));
    }
    return scenario(provider, scenario, settings);
  }

  static Script scenario(Provider provider, Scenario scenario, ScenarioSettings settings) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", settings.text(ScenarioSettings.TYPE, provider.mediaType()));
    headers.put("Cache-Control", "no-cache");
    String label = provider + " " + scenario.pathName();
    return script(label, settings, headers, scenario.steps(provider.dialect(), settings));
  }

  /** A script with what every answer can be asked for: status, delay, compression, framing. */
  static Script script(
      String label, ScenarioSettings settings, Map<String, String> headers, List<Step> steps) {
    boolean gzip = settings.text(ScenarioSettings.ENCODING, "identity").equals("gzip");
    if (gzip) {
      headers.put("Content-Encoding", "gzip");
    }
    if (settings.text(ScenarioSettings.FRAMING, "chunked").equals("close")) {
      headers.put("Connection", "close");
    }
    int status = (int) settings.number(ScenarioSettings.STATUS, 200);
    return new Script(label, status, headers, gzip, delayed(settings, steps));
  }

  private static List<Step> delayed(ScenarioSettings settings, List<Step> steps) {
    List<Step> all = new ArrayList<>();
    if (settings.has(ScenarioSettings.DELAY_MS)) {
      all.add(Step.pause(settings.number(ScenarioSettings.DELAY_MS, 0)));
    }
    all.addAll(steps);
    return all;
  }

  private int arrival(String path) {
    return arrivals.computeIfAbsent(path, each -> new AtomicInteger()).incrementAndGet();
  }

  private static IllegalArgumentException noProvider(String rest) {
    return new IllegalArgumentException(
        "no provider answers "
            + rest
            + ", expected the end of one of "
            + Provider.paths()
            + " or "
            + PLAIN_PATHS);
  }

  private static Script notFound(String message) {
    Map<String, String> headers = Map.of("Content-Type", "text/plain; charset=utf-8");
    List<Step> steps =
        List.of(
            Step.of(Step.Kind.HEAD),
            Step.send(Step.Kind.EVENT, (message + "\n").getBytes(UTF_8)),
            Step.of(Step.Kind.END));
    return new Script("not found", 404, headers, false, steps);
  }
}
