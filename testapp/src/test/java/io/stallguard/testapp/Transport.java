package io.stallguard.testapp;

import java.util.EnumSet;
import java.util.Set;

/** The HTTP client under an SDK or wrapper. */
enum Transport {
  OKHTTP("OkHttp"),
  JAVA_HTTP_CLIENT("java.net.http"),
  URL_CONNECTION("HttpURLConnection"),
  APACHE_4("Apache HttpClient 4"),
  APACHE_5("Apache HttpClient 5"),
  NETTY("Netty"),
  JETTY("Jetty client");

  /** Those that the agent has a module for; a new module is one more name here. */
  private static final Set<Transport> GUARDED =
      EnumSet.of(OKHTTP, JAVA_HTTP_CLIENT, URL_CONNECTION, APACHE_4, APACHE_5, NETTY);

  private final String title;

  Transport(String title) {
    this.title = title;
  }

  boolean guarded() {
    return GUARDED.contains(this);
  }

  @Override
  public String toString() {
    return title;
  }
}
