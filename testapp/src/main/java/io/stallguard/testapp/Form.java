package io.stallguard.testapp;

/** The ways in which a raw client hands out the body of a response. */
enum Form {
  INPUT_STREAM,
  LINES,
  STRING,
  LINE_SUBSCRIBER,
  PUBLISHER,
  BLOCKING,
  ENQUEUE,
  SSE;

  @Override
  public String toString() {
    return Words.of(this);
  }
}
