package io.stallguard.testing.server;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/**
 * All that the server does on one exchange, known before it begins.
 *
 * @param label what the request asked for, for the record of exchanges
 * @param gzip whether the body is sent compressed
 */
record Script(
    String label, int status, Map<String, String> headers, boolean gzip, List<Step> steps) {

  /** The body before compression, without the heartbeats that have no end. */
  byte[] body() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Step step : steps) {
      if (step.kind() != Step.Kind.HEARTBEAT) {
        body.writeBytes(step.bytes());
      }
    }
    return body.toByteArray();
  }
}
