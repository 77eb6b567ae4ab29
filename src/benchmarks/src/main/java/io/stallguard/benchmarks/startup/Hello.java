package io.stallguard.benchmarks.startup;

/** The app that does nothing else. */
final class Hello {
  private Hello() {}

  /** Says hello. */
  @SuppressWarnings("checkstyle:regexpsinglelinejava")
  public static void main(String[] arguments) {
    System.out.println("hello");
  }
}
