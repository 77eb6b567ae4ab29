package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many starts of one kind, whose result is kept in a file. */
record StartSeries(StartKind kind, StartClient client, Jdk jdk) {

  String name() {
    return kind + "-" + client.name() + "-jdk" + jdk.feature();
  }

  Path file(Path results) {
    return results.resolve(name() + ".txt");
  }

  /** A start that fails keeps no other from being made. */
  void run(StartPlace place, int count, Path results) throws IOException {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        place.start(kind, client, jdk);
      } catch (AssertionError | RuntimeException e) {
        failures.add(String.valueOf(e.getMessage()).replace('\n', ' '));
      }
    }
    int unguarded = failures.size();
    String line = name() + " guarded " + (count - unguarded) + " unguarded " + unguarded;
    Files.writeString(file(results), line + "\n" + String.join("\n", failures));
    assertThat(failures).isEmpty();
  }
}
