package io.stallguard.core.coverage;

/** Why a client, or a part of it, is not guarded. */
public enum Cause {
  /** No module knows the client. */
  NO_MODULE("there is no module for it", false),

  /** The client is a copy whose packages have other names. */
  RENAMED("its packages were renamed (below %s)", false),

  /** The client stands on a copy of Netty whose packages have other names. */
  RENAMED_NETTY("the packages of its Netty were renamed (below %s)", false),

  /** There is a module for the client, which finds it by its name. */
  NO_NAME("no module knows it by that name", false),

  /** The operator lets the agent judge nothing. */
  MODE_OFF("mode=off", true),

  /** The operator has switched off the module that would guard the client. */
  SWITCHED_OFF("switched off by instrumentation.%s.enabled=false", false),

  /** The client's module has failed too often, or cannot be loaded. */
  ERRORS("its module %s has failed", true),

  /** The client's module does not know this version. */
  VERSION("the module %s does not know this version", true),

  /** The client's code lacks the right to find the agent. */
  NO_RIGHT(
      "under the security manager its module %s is not reached, as its code lacks"
          + " java.lang.RuntimePermission \"getClassLoader\"",
      false),

  /** Nobody knows yet whether all code on the way to the agent has the right to find it. */
  NOT_REACHED(
      "under the security manager its module %s has not been reached so far, for which its code and"
          + " all that calls it needs java.lang.RuntimePermission \"getClassLoader\"",
      true),

  /** The client's classes were there before the agent and could not be changed any more. */
  BUILT_BEFORE("built before the agent came", true),

  /**
   * Sockets of the client were open before the agent came: what guards a socket is put to it when
   * it is opened.
   */
  OPEN_BEFORE(
      "connections that were open before the agent came are not guarded, those opened since are",
      false),

  /** Netty reads for the client, and who waits for what was read cannot be seen. */
  LEAVES_READING("it leaves the reading to Netty, so nobody can tell who waits", false),

  /**
   * Some readers of the client stand behind a decorator of the app's, or of its own, that tells
   * nothing.
   */
  HIDES_READER(
      "a reader behind a subscriber that replaces the subscription, as"
          + " buffering(ofInputStream()) makes one, is not guarded: nobody can tell when it waits",
      false),

  /**
   * Only waits for heads are limited, as heads come to the client at once; what it reads cannot be
   * judged.
   */
  ONLY_HEADS("its waits for heads are limited, and nothing else", false),

  /**
   * Only HTTP/1.1 is guarded, by the client's sockets, and the client can have HTTP/2 above them.
   */
  ONLY_HTTP_1("its HTTP/1.1 over blocking sockets is guarded there, and nothing else", false),

  /** A protocol of the client is not guarded. */
  NO_HTTP_2("its HTTP/2 is not guarded", false),

  /** The limit on the wait for a head is set and does not hold for the client. */
  HEAD("head does not hold for it", false),

  /** The limit on the wait for a connection is set and does not hold for the client. */
  CONNECT("connect does not hold for it", false);

  private final String text;
  private final boolean told;

  Cause(String text, boolean told) {
    this.text = text;
    this.told = told;
  }

  /** The cause in words for people, with the name of the module or package that it is about. */
  String text(String name) {
    return text.replace("%s", name);
  }

  /** Whether whoever finds the cause tells it in a line of its own. */
  boolean isTold() {
    return told;
  }
}
