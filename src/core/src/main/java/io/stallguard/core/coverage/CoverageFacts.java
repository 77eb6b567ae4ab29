package io.stallguard.core.coverage;

/** How far one copy of a client is guarded, and why not wholly. Immutable. */
public final class CoverageFacts {
  private final String client;
  private final String version;
  private final String loader;
  private final CoverageState state;
  private final String by;
  private final String reason;

  CoverageFacts(String client, String version, String loader, Judgement judgement, String reason) {
    this.client = client;
    this.version = version;
    this.loader = loader;
    this.state = judgement.state();
    this.by = judgement.by();
    this.reason = reason;
  }

  /** The client as people call it. */
  public String client() {
    return client;
  }

  /** The client's version; empty if it cannot be told. */
  public String version() {
    return version;
  }

  /** The class loader that has its classes. */
  public String loader() {
    return loader;
  }

  /** How far it is guarded. */
  public CoverageState state() {
    return state;
  }

  /** The module under whose name its streams are counted; empty if none are guarded. */
  public String by() {
    return by;
  }

  /** Why not wholly, or what else is to be known; empty if nothing. */
  public String reason() {
    return reason;
  }

  /** Name and version, and the class loader where it is none of the JDK's. */
  public String name() {
    return loader.indexOf('@') < 0 ? numbered() : numbered() + " in " + loader;
  }

  /** Name and version. */
  String numbered() {
    return client + ' ' + (version.isEmpty() ? "of unknown version" : version);
  }

  /** The client in one line, for people. */
  @Override
  public String toString() {
    return name() + " is " + state + (reason.isEmpty() ? "" : ": " + reason);
  }
}
