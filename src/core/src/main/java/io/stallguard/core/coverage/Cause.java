package io.stallguard.core.coverage;

/** Why a client, or a part of it, is not guarded. */
public enum Cause {
  /** No module knows it. */
  NO_MODULE("there is no module for it", false),

  /** The operator lets the agent judge nothing. */
  MODE_OFF("mode=off", true),

  /** The operator has switched off what would guard it. */
  SWITCHED_OFF("switched off by instrumentation.%s.enabled=false", false),

  /** Its module has failed too often, or cannot be loaded. */
  ERRORS("its module %s has failed", true),

  /** The module does not know this version. */
  VERSION("the module %s does not know this version", true),

  /** Its classes were there before the agent and could not be changed any more. */
  BUILT_BEFORE("built before the agent came", true),

  /** What guards it is put to a socket when that is opened. */
  OPEN_BEFORE(
      "connections that were open before the agent came are not guarded, those opened since are",
      false),

  /** Netty reads for it, and who waits for what was read cannot be seen. */
  LEAVES_READING("it leaves the reading to Netty, so nobody can tell who waits", false),

  /**
   * Some of its readers stand behind a decorator of the app's, or of its own, that tells nothing.
   */
  HIDES_READER(
      "a reader behind a subscriber that replaces the subscription, as"
          + " buffering(ofInputStream()) makes one, is not guarded: nobody can tell when it waits",
      false),

  /** What it reads cannot be judged, but heads come to it at once. */
  ONLY_HEADS("its waits for heads are limited, and nothing else", false),

  /** What is guarded is the socket, and the client can have HTTP/2 above it. */
  ONLY_HTTP_1("its HTTP/1.1 over blocking sockets is guarded there, and nothing else", false),

  /** A protocol of the client is not guarded. */
  NO_HTTP_2("its HTTP/2 is not guarded", false),

  /** The limit on the wait for a head is set and does not hold for it. */
  HEAD("head does not hold for it", false),

  /** The limit on the wait for a connection is set and does not hold for it. */
  CONNECT("connect does not hold for it", false);

  private final String text;
  private final boolean told;

  Cause(String text, boolean told) {
    this.text = text;
    this.told = told;
  }

  /** Words for people, of the module that it is about. */
  String text(String module) {
    return text.replace("%s", module);
  }

  /** Whether who finds it tells it in a line of its own. */
  boolean isTold() {
    return told;
  }
}
