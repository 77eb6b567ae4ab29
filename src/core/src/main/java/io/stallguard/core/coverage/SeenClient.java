package io.stallguard.core.coverage;

import java.lang.ref.WeakReference;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A copy of a client that was seen in this JVM. Holds nothing of the app's. Any thread. */
final class SeenClient {
  private static final String BOOT = "boot";

  private final KnownClient client;

  /** The client's class loader and those above it; none if the boot loader has it. */
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>(3);

  private final String loaderName;
  private final String place;

  /** The package below which its packages were put; empty if they have their own names. */
  private final String front;

  private final NettyName netty;

  /** Whether it was there when the agent was attached. */
  private final boolean before;

  private final Object reading = new Object();
  private volatile @Nullable String version;
  private @Nullable String reader;
  private boolean hidden;
  private final Set<Cause> told = EnumSet.noneOf(Cause.class);

  /** Makes a row of who has a class of its own. With the agent's rights. */
  SeenClient(KnownClient client, ClientClass noticed, boolean before) {
    this.client = client;
    ClassLoader loader = noticed.loader();
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      loaders.add(new WeakReference<>(each));
    }
    this.loaderName = name(loader);
    this.place = noticed.place();
    this.front = noticed.front();
    this.netty = client.isOfRepository() ? noticed.netty() : NettyName.NONE;
    this.before = before;
    this.version = ClientVersion.ofJdk(client.artifacts());
  }

  private static String name(@Nullable ClassLoader loader) {
    ClassLoader app = ClassLoader.getSystemClassLoader();
    if (loader == null) {
      return BOOT;
    }
    if (loader == app) {
      return "app";
    }
    return loader == app.getParent()
        ? "platform"
        : loader.getClass().getSimpleName()
            + "@"
            + Integer.toHexString(System.identityHashCode(loader));
  }

  KnownClient client() {
    return client;
  }

  /** Whether it is that copy of the client. */
  boolean is(KnownClient asked, ClientClass noticed) {
    return client == asked && isIn(noticed.loader()) && front.equals(noticed.front());
  }

  private boolean isIn(@Nullable ClassLoader asked) {
    return asked == null ? loaders.isEmpty() : loader() == asked;
  }

  /** Whether its packages have other names than it was written with. */
  boolean isRenamed() {
    return !front.isEmpty();
  }

  /** The package below which its packages were put; empty if they have their own names. */
  String front() {
    return front;
  }

  /** The Netty that it stands on, if that shows. */
  NettyName netty() {
    return netty;
  }

  /** Whether it sees classes of this class loader. */
  boolean sees(ClassLoader asked) {
    for (WeakReference<ClassLoader> each : loaders) {
      if (each.get() == asked) {
        return true;
      }
    }
    return false;
  }

  /** Whether this copy has gone. */
  boolean isCollected() {
    return !loaders.isEmpty() && loader() == null;
  }

  private @Nullable ClassLoader loader() {
    return loaders.isEmpty() ? null : loaders.get(0).get();
  }

  String loaderName() {
    return loaderName;
  }

  boolean isFromBefore() {
    return before;
  }

  /** The version, empty if it cannot be told. Reads the client's jar the first time. */
  // With the agent's rights: who asks first may be the app, by JMX.
  @SuppressWarnings("removal")
  String version() {
    synchronized (reading) {
      String known = version;
      if (known == null) {
        ClientVersion reader = new ClientVersion(client.artifacts(), loader(), isRenamed());
        known = AccessController.doPrivileged((PrivilegedAction<String>) () -> reader.of(place));
        version = known;
      }
      return known;
    }
  }

  /** The version if it has been read, else empty. Reads nothing, and waits for nobody who does. */
  String versionSoFar() {
    String known = version;
    return known == null ? "" : known;
  }

  /** Netty has read for this handler, and nobody could tell who waits. */
  synchronized boolean leavesReading(String handler) {
    boolean isNew = reader == null;
    if (isNew) {
      reader = handler;
    }
    return isNew;
  }

  /** A reader of it was found that nobody sees wait; true the first time. */
  synchronized boolean hidesReader() {
    boolean isNew = !hidden;
    hidden = true;
    return isNew;
  }

  synchronized boolean hasHiddenReader() {
    return hidden;
  }

  /** The handler that Netty has read for; null if there was none. */
  synchronized @Nullable String reader() {
    return reader;
  }

  /** Whether any of these has not been told yet, if each is told once. */
  synchronized boolean isNews(Set<Cause> causes) {
    return told.addAll(causes);
  }
}
