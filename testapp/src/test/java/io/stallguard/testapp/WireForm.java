package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.testing.server.EventFrame;
import io.stallguard.testing.server.FormFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A way in which some provider answers, as it goes over the wire; the core's own tests look into
 * the same files.
 */
record WireForm(FormFile file) {
  private static final Path FOLDER =
      Path.of("../src/core/src/test/resources/io/stallguard/core/forms");

  /** All that are known, by name. */
  static List<WireForm> all() {
    return FormFile.allIn(FOLDER).stream().map(WireForm::new).toList();
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

  /** Whether nothing more is waited for after its end, where the grace for that is set. */
  boolean hasSetGrace() {
    boolean isMarked = !"NONE".equals(file.facts().getOrDefault("mark", "NONE"));
    return isMarked || "if set".equals(file.facts().get("grace"));
  }

  /** Whether it ends with the provider's word that it has failed. */
  boolean fails() {
    return name().contains("error");
  }

  /** Whether that word leaves half an answer, and is not all that came. */
  boolean failsAnswer() {
    return fails() && !"no".equals(file.facts().get("content"));
  }

  /** Whether what it says in between is nothing but that it is alive. */
  boolean hasHeartbeats() {
    return file.hasHeartbeats();
  }

  /** How a provider that speaks like this says that it has failed. */
  byte[] error() {
    String data = "{\"error\":{\"type\":\"busy_error\",\"message\":\"secret\"}}";
    if (type().startsWith("application/vnd.amazon")) {
      return EventFrame.exception("busyException", "{}".getBytes(UTF_8));
    }
    if (type().startsWith("text/event-stream")) {
      return ("data: " + data + "\n\n").getBytes(UTF_8);
    }
    return (name().equals("vercel-lines") ? "3:" + data + "\n" : data + "\n").getBytes(UTF_8);
  }
}
