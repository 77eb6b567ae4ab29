package io.stallguard.benchmarks;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Lane;
import io.stallguard.core.settings.SettingsReader;
import io.stallguard.core.words.Exchange;
import java.util.Collections;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Engines, exchanges and guards as a client's instrumentation would make them. */
final class Streams {
  static final String GUARDED_TYPE = "text/event-stream;charset=utf-8";
  static final String OTHER_TYPE = "application/json;charset=utf-8";

  /** The encoding of a body whose events cannot be seen. */
  static final String COMPRESSED = "gzip";

  private static final Abort NO_ABORT = guard -> {};

  private Streams() {}

  /** An engine with these agent arguments; its watchdog runs until the JVM ends. */
  static Engine engine(String arguments) {
    return Engine.start(
        SettingsReader.read(
            arguments,
            new Properties(),
            // The benchmarks let all streams stall, and want each aborted.
            Collections.singletonMap("STALLGUARD_BREAKER_SHARE", "off"),
            Collections.emptySet(),
            problem -> {
              throw new IllegalArgumentException(problem);
            }));
  }

  static Exchange exchange(String contentType) {
    return head(contentType).build();
  }

  private static Exchange.Builder head(String contentType) {
    return Exchange.of("benchmark")
        .request("POST", "https", "api.example.com", 443, "/v1/messages")
        .response("HTTP/1.1", 200, contentType);
  }

  /** A guard of an answer of this type, on this path. */
  static Guard guard(String contentType, String path) {
    Exchange exchange =
        Exchange.of("benchmark")
            .request("POST", "https", "api.example.com", 443, path)
            .response("HTTP/1.1", 200, contentType)
            .build();
    return Objects.requireNonNull(engine("").open(exchange, NO_ABORT));
  }

  /** A guard under the default limits. */
  static Guard guard() {
    return open(engine(""), NO_ABORT);
  }

  /** A guard of a body that the client hands out as it came, compressed: no events are told. */
  static Guard guardOfBytes() {
    Exchange exchange = head(GUARDED_TYPE).encoding(COMPRESSED).build();
    return Objects.requireNonNull(engine("").open(exchange, NO_ABORT));
  }

  static Guard open(Engine engine, Abort abort) {
    return open(engine, abort, null);
  }

  static Guard open(Engine engine, Abort abort, @Nullable Lane lane) {
    return Objects.requireNonNull(engine.open(exchange(GUARDED_TYPE), abort, lane));
  }
}
