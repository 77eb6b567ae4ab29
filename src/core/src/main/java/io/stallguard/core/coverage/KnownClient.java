package io.stallguard.core.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that the agent knows of, whether it has a module or not: by which classes it is
 * noticed, and what guards it. Immutable once it stands in {@link KnownClients}.
 */
final class KnownClient {
  static final String SOCKETS_MODULE = "java-sockets";
  static final String SOCKETS_CONNECT = "java-sockets-connect";
  static final String HTTP_2 = "netty-http2";

  private final String name;
  private final List<String> artifacts;
  private final List<String> classes = new ArrayList<>();
  private List<String> modules = Collections.emptyList();
  private Sockets sockets = Sockets.NOTHING;
  private @Nullable String head;
  private @Nullable String connect;
  private String handlers = "";
  private boolean onNetty;
  private boolean fallback;
  private boolean handsOver;

  /**
   * Begins with what people call it.
   *
   * @param artifacts {@code group:artifact} of the jars that it may come from
   */
  KnownClient(String name, String... artifacts) {
    this.name = name;
    this.artifacts = Arrays.asList(artifacts);
  }

  /** Those which it loads for its first exchange, and nobody for anything else; internal names. */
  KnownClient noticedBy(String... names) {
    classes.addAll(Arrays.asList(names));
    return this;
  }

  /** What guards its bodies: each of them is needed. */
  KnownClient guardedBy(String... names) {
    modules = Arrays.asList(names);
    return this;
  }

  /** The guards of Netty's channels, and others above them. */
  KnownClient onNetty(String... more) {
    List<String> names = new ArrayList<>(Collections.singletonList("netty"));
    names.addAll(Arrays.asList(more));
    modules = names;
    onNetty = true;
    head = "netty";
    return this;
  }

  /** How the handlers that it puts into Netty's pipelines are called, up to here. */
  KnownClient withHandlers(String prefix) {
    handlers = prefix;
    return this;
  }

  /** Some of its bodies are read by Netty and are with the app at once, others wait in a queue. */
  KnownClient handsOverSome() {
    handsOver = true;
    return this;
  }

  /** The module that limits its waits for heads. */
  KnownClient headBy(String module) {
    head = module;
    return this;
  }

  /** The client stands on blocking sockets, whose module also limits its waits for connections. */
  KnownClient overSockets(Sockets reach) {
    sockets = reach;
    connect = SOCKETS_CONNECT;
    return this;
  }

  /** The module that limits its waits for connections. */
  KnownClient connectBy(String module) {
    connect = module;
    return this;
  }

  /** No client of its own, but what stands for those nobody knows: shown where none is. */
  KnownClient fallback() {
    fallback = true;
    return this;
  }

  String name() {
    return name;
  }

  List<String> artifacts() {
    return artifacts;
  }

  List<String> classes() {
    return classes;
  }

  List<String> modules() {
    return modules;
  }

  Sockets sockets() {
    return sockets;
  }

  /** Null: nothing does. */
  @Nullable String head() {
    return head;
  }

  /** Null: nothing does. */
  @Nullable String connect() {
    return connect;
  }

  boolean isOnNetty() {
    return onNetty;
  }

  boolean isFallback() {
    return fallback;
  }

  boolean handsOver() {
    return handsOver;
  }

  /** Whether a handler of this class is one of its own. */
  boolean hasHandler(String className) {
    return !handlers.isEmpty() && className.startsWith(handlers);
  }
}
