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
  private final List<String> renamed = new ArrayList<>();
  private List<String> modules = Collections.emptyList();
  private Sockets sockets = Sockets.NOTHING;
  private @Nullable String head;
  private @Nullable String connect;
  private String handlers = "";
  private boolean onNetty;
  private boolean fallback;
  private boolean handsOver;

  /**
   * Begins with the name that people call the client by.
   *
   * @param artifacts {@code group:artifact} of the jars that it may come from
   */
  KnownClient(String name, String... artifacts) {
    this.name = name;
    this.artifacts = Arrays.asList(artifacts);
  }

  /**
   * Names the classes which the client loads for its first exchange, and nobody for anything else;
   * internal names.
   */
  KnownClient noticedBy(String... names) {
    classes.addAll(Arrays.asList(names));
    return this;
  }

  /** Names classes by which it is noticed only where its packages were renamed. */
  KnownClient renamedNoticedBy(String... names) {
    renamed.addAll(Arrays.asList(names));
    return this;
  }

  /** Names the modules that guard its bodies: each of them is needed. */
  KnownClient guardedBy(String... names) {
    modules = Arrays.asList(names);
    return this;
  }

  /** Names the modules for Netty's channels as its guards, and others above them. */
  KnownClient onNetty(String... more) {
    List<String> names = new ArrayList<>(Collections.singletonList("netty"));
    names.addAll(Arrays.asList(more));
    modules = names;
    onNetty = true;
    head = "netty";
    return this;
  }

  /** Says how the names of its handlers in Netty's pipelines begin. */
  KnownClient withHandlers(String prefix) {
    handlers = prefix;
    return this;
  }

  /**
   * Says that some of its bodies are read by Netty and are with the app at once, while others wait
   * in a queue.
   */
  KnownClient handsOverSome() {
    handsOver = true;
    return this;
  }

  /** Names the module that limits its waits for heads. */
  KnownClient headBy(String module) {
    head = module;
    return this;
  }

  /**
   * Says that the client stands on blocking sockets, whose module also limits its waits for
   * connections.
   */
  KnownClient overSockets(Sockets reach) {
    sockets = reach;
    connect = SOCKETS_CONNECT;
    return this;
  }

  /** Names the module that limits its waits for connections. */
  KnownClient connectBy(String module) {
    connect = module;
    return this;
  }

  /** Makes this the entry for clients that nobody knows: it is shown where no client is known. */
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

  /**
   * The classes by which it is noticed where its packages were renamed: what comes with the JDK
   * keeps its names.
   */
  List<String> renamable() {
    List<String> names = new ArrayList<>(renamed);
    if (!artifacts.isEmpty()) {
      names.addAll(classes);
    }
    return names;
  }

  /** Whether it comes from a repository, and not with the JDK. */
  boolean isOfRepository() {
    return !artifacts.isEmpty();
  }

  List<String> modules() {
    return modules;
  }

  Sockets sockets() {
    return sockets;
  }

  /** The module that limits its waits for heads; null if none does. */
  @Nullable String head() {
    return head;
  }

  /** The module that limits its waits for connections; null if none does. */
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
