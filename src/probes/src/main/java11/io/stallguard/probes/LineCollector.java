package io.stallguard.probes;

/** Takes lines one at a time; each counts with a line feed. */
final class LineCollector extends Collector<String> {
  LineCollector(Received received) {
    super(received, 1);
  }

  @Override
  void add(Received received, String line) {
    received.add(line + "\n");
  }
}
