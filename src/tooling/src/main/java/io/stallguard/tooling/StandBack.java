package io.stallguard.tooling;

/** Thrown where a client is not what a module expects, so that it is left alone. */
final class StandBack extends Exception {
  private static final long serialVersionUID = 1L;

  StandBack(String reason) {
    super(reason);
  }

  /** The reason in one line, for any failure. */
  static String reason(Throwable failure) {
    String text = failure instanceof StandBack ? failure.getMessage() : failure.toString();
    return String.valueOf(text).replace('\n', ' ').replace('\r', ' ');
  }
}
