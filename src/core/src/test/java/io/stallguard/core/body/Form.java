package io.stallguard.core.body;

import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import io.stallguard.testing.server.FormFile;
import java.nio.file.Path;
import java.util.List;

/** A way in which some provider answers: how it opens, stays alive, and ends. */
record Form(FormFile file) {
  private static final Path FOLDER = Path.of("src/test/resources/io/stallguard/core/forms");

  /** All that are known, by name. */
  static List<Form> all() {
    return FormFile.allIn(FOLDER).stream().map(Form::new).toList();
  }

  String name() {
    return file.name();
  }

  byte[] opening() {
    return file.opening();
  }

  byte[] heartbeat() {
    return file.heartbeat();
  }

  byte[] ending() {
    return file.ending();
  }

  String path() {
    return file.path();
  }

  String type() {
    return file.type();
  }

  /** Whether its end is one by the rules, so that an earlier one is too early. */
  boolean hasEnd() {
    return file.hasEnd();
  }

  /** What its end says of what follows, on its own path. */
  Mark mark() {
    return Mark.valueOf(file.facts().getOrDefault("mark", "NONE"));
  }

  /** Whether what it says in between is nothing but that it is alive. */
  boolean hasHeartbeats() {
    return file.hasHeartbeats();
  }

  /** Whether that counts after an answer too. */
  boolean hasHeartbeatsAfterTheEnd() {
    return hasHeartbeats() && !"while open".equals(file.facts().get("heartbeats"));
  }

  /** Whether another answer may follow in the same stream. */
  boolean mayGoOn() {
    return hasEnd() && !"no".equals(file.facts().get("again"));
  }

  Exchange exchange() {
    return exchange(path());
  }

  Exchange exchange(String otherPath) {
    return Exchanges.of("POST", "https://api.example.com" + otherPath, type());
  }

  @Override
  public String toString() {
    return file.name();
  }
}
