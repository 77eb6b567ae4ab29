package io.stallguard.testing.server;

/**
 * The bytes that the server sends, for tests that compare what reached an application byte for
 * byte.
 */
public final class Wire {

  private Wire() {}

  /**
   * @see #expected(Provider, Scenario, String)
   */
  public static byte[] expected(Provider provider, Scenario scenario) {
    return expected(provider, scenario, "");
  }

  /**
   * The whole body of a scenario up to its end or stall, before compression, without the endless
   * heartbeats of {@link Scenario#PING_ONLY}.
   *
   * @param settings as in the path, such as {@code events=20;period-ms=200}; for {@link
   *     Scenario#MANY_PARALLEL} with the number of the stream
   */
  public static byte[] expected(Provider provider, Scenario scenario, String settings) {
    return Routes.scenario(provider, scenario, ScenarioSettings.parse(settings)).body();
  }

  /** A heartbeat of {@link Scenario#PING_ONLY}. */
  public static byte[] heartbeat(Provider provider) {
    WireDialect dialect = provider.dialect();
    return dialect.encode(dialect.heartbeat());
  }

  /** An event of {@code /subscription}. */
  public static byte[] subscriptionEvent() {
    return PlainScripts.subscriptionEvent();
  }

  /** The body of {@code /json}. */
  public static byte[] json() {
    return PlainScripts.JSON.clone();
  }
}
