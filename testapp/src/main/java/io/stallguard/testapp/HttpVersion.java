package io.stallguard.testapp;

/** The HTTP versions to choose from. */
enum HttpVersion {
  V1_1("1.1"),
  V2("2");

  private final String number;

  HttpVersion(String number) {
    this.number = number;
  }

  @Override
  public String toString() {
    return number;
  }
}
