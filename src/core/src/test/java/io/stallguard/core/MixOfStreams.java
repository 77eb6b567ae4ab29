package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Streams of which a file tells what comes when, played to an engine. */
public final class MixOfStreams {
  private final Rig rig;

  private MixOfStreams(Rig rig) {
    this.rig = rig;
  }

  /** Plays all, the streams of one line side by side. */
  public static void play(Rig rig) throws IOException {
    new MixOfStreams(rig).play();
  }

  private void play() throws IOException {
    try (InputStream in = MixOfStreams.class.getResourceAsStream("mix-of-streams.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), UTF_8))) {
      for (String line : lines.lines().collect(Collectors.toList())) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          play(line.split(" +"));
        }
      }
    }
    rig.run(Duration.ofSeconds(1));
  }

  private void play(String[] words) {
    Exchange exchange =
        Exchanges.of(words[1], "https://" + words[2] + "/v1/stream", "text/event-stream");
    List<Guard> guards = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(words[0]); i++) {
      guards.add(Objects.requireNonNull(rig.engine.open(exchange, rig.abort)));
    }
    rig.tick();
    for (int i = 3; i < words.length; i++) {
      guards.forEach(Guard::awaiting);
      pass(words[i]);
      char what = words[i].charAt(words[i].length() - 1);
      guards.forEach(guard -> come(guard, what));
    }
  }

  private void pass(String step) {
    long millis = Math.round(1000 * Double.parseDouble(step.substring(0, step.length() - 1)));
    for (long left = millis; left > 0; left -= Rig.TICK.toMillis()) {
      rig.tick(Duration.ofMillis(Math.min(left, Rig.TICK.toMillis())));
    }
  }

  private static void come(Guard guard, char what) {
    if (what == 'x') {
      guard.completed();
      return;
    }
    byte[] bytes = (what == 'p' ? ": ping\n\n" : "data: {\"text\":\"x\"}\n\n").getBytes(UTF_8);
    guard.scan(bytes, 0, bytes.length);
    guard.arrived(bytes.length);
  }
}
