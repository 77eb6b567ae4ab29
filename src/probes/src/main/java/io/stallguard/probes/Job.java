package io.stallguard.probes;

/** A request to make, as told on a line: id, form, protocol, method, pause and URL. */
public final class Job {
  private static final int FIELDS = 6;

  private final String[] fields;

  private Job(String[] fields) {
    this.fields = fields;
  }

  static Job parse(String line) {
    String[] fields = line.split("\t");
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "expected id, form, protocol, method, pause and URL between tabs: " + line);
    }
    return new Job(fields);
  }

  public String id() {
    return fields[0];
  }

  /** The way of using the client. */
  public String form() {
    return fields[1];
  }

  /** Whether HTTP/2 is wanted, else HTTP/1.1. */
  boolean http2() {
    return fields[2].equals("2");
  }

  public String method() {
    return fields[3];
  }

  /** How long the consumer is busy with the first piece before it wants more. */
  public long pauseMillis() {
    return Long.parseLong(fields[4]);
  }

  public String url() {
    return fields[5];
  }

  Job withForm(String form) {
    String[] changed = fields.clone();
    changed[1] = form;
    return new Job(changed);
  }

  Job withUrl(String url) {
    String[] changed = fields.clone();
    changed[FIELDS - 1] = url;
    return new Job(changed);
  }

  public IllegalArgumentException unknownForm() {
    return new IllegalArgumentException("unknown form " + form());
  }
}
