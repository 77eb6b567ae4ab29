package io.stallguard.core.coverage;

import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A census with an operator, and what it has to tell. */
final class CoverageRig {
  static final String OKHTTP = "okhttp3/internal/http/CallServerInterceptor";
  static final String JETTY = "org/eclipse/jetty/client/HttpExchange";
  static final String REACTOR = "reactor/netty/http/client/HttpClientConnect$HttpClientHandler";
  static final String COMMONS = "org/apache/commons/httpclient/HttpMethodDirector";
  static final String HUC = "sun/net/www/protocol/http/HttpURLConnection$HttpInputStream";
  static final String JDK = "jdk/internal/net/http/MultiExchange";
  static final String APACHE_ASYNC =
      "org/apache/hc/client5/http/impl/async/InternalHttpAsyncExecRuntime";
  static final String AHC = "org/asynchttpclient/netty/NettyResponseFuture";

  final Said settings = new Said();
  final Queue<Runnable> later = new ArrayDeque<>();
  final List<String> log = new ArrayList<>();
  final Coverage coverage = new Coverage(settings, later::add, log::add);

  /** Rows hold them weakly, and one whose class loader has gone is shown no more. */
  private final List<ClassLoader> loaders = new ArrayList<>();

  final ClassLoader loader = new OwnLoader();

  static ProtectionDomain from(String jar) throws MalformedURLException {
    return new ProtectionDomain(
        new CodeSource(new URL("file:/app/lib/" + jar), (Certificate[]) null), null);
  }

  /** What own code on sockets is called. */
  static String sockets() {
    return "java-sockets " + System.getProperty("java.version");
  }

  /** A class loader that lives as long as this. */
  ClassLoader another() {
    return kept(new OwnLoader());
  }

  ClassLoader kept(ClassLoader fresh) {
    loaders.add(fresh);
    return fresh;
  }

  /** A client loads one of its classes, in this class loader and from this place. */
  void used(
      String className,
      @Nullable ClassLoader from,
      @Nullable ProtectionDomain domain,
      boolean before) {
    coverage.used(new ClientClass(className, className, from, domain, null), before);
  }

  void use(String className, String jar) throws MalformedURLException {
    used(className, loader, from(jar), false);
  }

  /** What {@link #another} and {@link #kept} had may go. */
  void forgetOthers() {
    loaders.clear();
  }

  /** By a copy in a class loader of its own. */
  void useElsewhere(String className, String jar) throws MalformedURLException {
    used(className, another(), from(jar), false);
  }

  /** The first client as it stands. */
  String row() {
    return coverage.facts().get(0).toString();
  }

  /** What was told so far, with all that waited for it. */
  List<String> told() {
    for (Runnable task = later.poll(); task != null; task = later.poll()) {
      task.run();
    }
    return log;
  }

  /** A class loader that has nothing. */
  private static final class OwnLoader extends ClassLoader {
    OwnLoader() {
      super(null);
    }
  }

  /** What the operator has said. */
  static final class Said implements CoverageSettings {
    final Set<String> off = new HashSet<>();
    boolean modeOff;
    boolean heads;
    boolean connects;

    @Override
    public boolean isOff() {
      return modeOff;
    }

    @Override
    public boolean isModuleEnabled(String module) {
      return !off.contains(module);
    }

    @Override
    public boolean limitsHeads() {
      return heads;
    }

    @Override
    public boolean limitsConnects() {
      return connects;
    }
  }
}
