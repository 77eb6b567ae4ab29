package io.stallguard.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers that no provider gives: what an agent has to leave alone, and what surrounds streams.
 */
final class PlainScripts {

  static final byte[] JSON =
      """
      {"answer":"not a stream","naïve":true}
      """
          .getBytes(UTF_8);

  private PlainScripts() {}

  /** A JSON object after a delay, or its head and first half before the delay. */
  static Script json(ScenarioSettings settings) {
    Map<String, String> headers = headers(settings, "application/json");
    if (!settings.has(ScenarioSettings.HALF)) {
      return Routes.script("json", settings, headers, List.of(head(), event(JSON), end()));
    }
    int half = JSON.length / 2;
    List<Step> steps =
        List.of(
            head(),
            Step.send(Step.Kind.PART, Arrays.copyOf(JSON, half)),
            Step.pause(settings.number(ScenarioSettings.DELAY_MS, 0)),
            event(Arrays.copyOfRange(JSON, half, JSON.length)),
            end());
    return new Script("json", 200, headers, false, steps);
  }

  static Script echo(ScenarioSettings settings, byte[] body) {
    byte[] answer = body.length == 0 ? "echo\n".getBytes(UTF_8) : body;
    return Routes.script(
        "echo", settings, headers(settings, "text/plain"), List.of(head(), event(answer), end()));
  }

  /**
   * Silent for ever without a period; with one, an event per period for ever or {@code events}
   * times.
   */
  static Script subscription(ScenarioSettings settings) {
    List<Step> steps = new ArrayList<>(List.of(head()));
    if (settings.has(ScenarioSettings.EVENTS)) {
      steps.addAll(events(settings));
      steps.add(end());
    } else if (settings.has(ScenarioSettings.PERIOD_MS)) {
      steps.addAll(endless(settings));
    } else {
      steps.add(Step.of(Step.Kind.STAY));
    }
    return Routes.script("subscription", settings, headers(settings, "text/event-stream"), steps);
  }

  static Script redirect(ScenarioSettings settings) {
    Map<String, String> headers = headers(settings, "text/plain");
    headers.put(
        "Location", settings.text(ScenarioSettings.TO, "/scenario/ok" + Provider.ANTHROPIC.path()));
    return Routes.script(
        "redirect",
        settings.withDefault(ScenarioSettings.STATUS, 307),
        headers,
        List.of(head(), end()));
  }

  static byte[] subscriptionEvent() {
    return "event: change\ndata: {\"changed\":true}\n\n".getBytes(UTF_8);
  }

  private static List<Step> events(ScenarioSettings settings) {
    List<Step> steps = new ArrayList<>();
    for (long i = 0; i < settings.number(ScenarioSettings.EVENTS, 0); i++) {
      steps.add(Step.pause(settings.number(ScenarioSettings.PERIOD_MS, 0)));
      steps.add(event(subscriptionEvent()));
    }
    return steps;
  }

  private static List<Step> endless(ScenarioSettings settings) {
    return List.of(
        Step.send(Step.Kind.HEARTBEAT, subscriptionEvent()),
        Step.pause(settings.number(ScenarioSettings.PERIOD_MS, 0)),
        Step.of(Step.Kind.AGAIN));
  }

  private static Map<String, String> headers(ScenarioSettings settings, String mediaType) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", settings.text(ScenarioSettings.TYPE, mediaType));
    return headers;
  }

  private static Step head() {
    return Step.of(Step.Kind.HEAD);
  }

  private static Step event(byte[] bytes) {
    return Step.send(Step.Kind.EVENT, bytes);
  }

  private static Step end() {
    return Step.of(Step.Kind.END);
  }
}
