package io.stallguard.core.coverage;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The census of HTTP clients in this JVM: which were seen, and how far each is guarded. Tells in a
 * line, once, of each that is not, or not wholly. Any thread.
 */
public final class Coverage {
  // A client is noticed by a class that it loads for its first exchange, in the middle of that, on
  // a thread of the app: nothing but a row is made there. Versions are read and lines are told by
  // the thread for reports. How a row stands is judged whenever it is asked for, as modules fail
  // and settings change. An app that is deployed again and again leaves a row a time: the oldest
  // whose class loader has gone make room.
  // A copy whose packages were renamed is noticed by the same class, as long as nothing but the
  // first packages of its name has changed. No module knows it.

  private static final int MOST = 200;

  private final CoverageSettings settings;
  private final Consumer<Runnable> later;
  private final Consumer<String> log;
  private final Map<String, KnownClient> known = KnownClients.byClass();
  private final Map<String, KnownClient> renamable = KnownClients.byRenamable();
  private final List<SeenClient> seen = new CopyOnWriteArrayList<>();
  private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
  private final Reach reach = new Reach();
  private final StreamCounts streams = new StreamCounts();

  /** Whether the app had begun when the agent came. */
  private volatile boolean late;

  /**
   * Makes a census that has seen no client yet.
   *
   * @param later has something done by the thread for reports
   * @param log tells a line, by that thread
   */
  public Coverage(CoverageSettings settings, Consumer<Runnable> later, Consumer<String> log) {
    this.settings = settings;
    this.later = later;
    this.log = log;
  }

  /** The internal names of the classes by which clients are noticed. */
  public Set<String> classes() {
    return known.keySet();
  }

  /**
   * The internal names of the classes by which a client is noticed where its packages were renamed,
   * as they were written.
   */
  public Set<String> renamable() {
    return renamable.keySet();
  }

  /**
   * Notes that a client is used, as one of its classes is loaded. With the agent's rights.
   *
   * @param before whether that was before the agent was attached
   */
  public void used(ClientClass noticed, boolean before) {
    boolean renamed = !noticed.front().isEmpty();
    KnownClient client = (renamed ? renamable : known).get(noticed.known());
    if (client == null) {
      return;
    }
    // Before our lock is taken: an app's class loader, which may be asked, has locks of its own.
    boolean ownNetty = client.isOfRepository() && noticed.netty().isOwn();
    // A client that was renamed on a Netty that was not: its channels are known, and what cannot be
    // guarded there is told of its handlers.
    if (!renamed || !client.isOnNetty() || !ownNetty) {
      see(client, noticed, before);
      reviewLater();
    }
  }

  // The app's classes are on the stack, and under a security manager their rights would count.
  @SuppressWarnings("removal")
  private void see(KnownClient client, @Nullable Class<?> handler) {
    AccessController.doPrivileged(
        new PrivilegedAction<@Nullable Void>() {
          @Override
          public @Nullable Void run() {
            seeNow(client, handler);
            return null;
          }
        });
  }

  private void seeNow(KnownClient client, @Nullable Class<?> handler) {
    if (handler == null) {
      SeenClient unused = see(client, new ClientClass("", "", null, null, null), late);
      reviewLater();
    } else if (see(client, of(handler), false).leavesReading(handler.getName())) {
      reviewLater();
    }
  }

  /** A handler in a pipeline of Netty's: the agent has seen that one, so it has its own name. */
  private static ClientClass of(Class<?> handler) {
    byte[] noBytes = {};
    return new ClientClass(
        "", "", handler.getClassLoader(), handler.getProtectionDomain(), noBytes);
  }

  private synchronized SeenClient see(KnownClient client, ClientClass noticed, boolean before) {
    for (SeenClient one : seen) {
      if (one.is(client, noticed)) {
        return one;
      }
    }
    SeenClient fresh = new SeenClient(client, noticed, before);
    if (seen.size() >= MOST) {
      makeRoom();
    }
    if (seen.size() < MOST) {
      seen.add(fresh);
    }
    return fresh;
  }

  private void makeRoom() {
    List<SeenClient> gone = new ArrayList<>();
    for (SeenClient one : seen) {
      if (one.isCollected()) {
        gone.add(one);
      }
    }
    seen.removeAll(gone);
  }

  /** Notes that a module does no more, for no client, and that this has been told. */
  public void isOff(String module, Cause cause) {
    add(Trouble.everywhere(module, cause));
  }

  /**
   * Notes that a module does not work for the client in this class loader. Any thread.
   *
   * @return whether nobody has found that before: then who asks tells it
   */
  public boolean isAmiss(String module, @Nullable ClassLoader loader, Cause cause) {
    return add(Trouble.in(loader, module, cause));
  }

  private boolean add(Trouble trouble) {
    boolean isNew = addNew(trouble);
    reviewLater();
    return isNew;
  }

  private synchronized boolean addNew(Trouble trouble) {
    for (Trouble one : troubles) {
      if (one.isSame(trouble)) {
        return false;
      }
    }
    troubles.removeIf(Trouble::isGone);
    if (troubles.size() < MOST) {
      troubles.add(trouble);
    }
    return true;
  }

  /**
   * Notes that the advice of a module in this class loader needs a right to find us where there is
   * a security manager. Any thread.
   *
   * @param domain of the code there
   */
  public void needsRight(String module, ClassLoader loader, @Nullable ProtectionDomain domain) {
    reach.needsRight(module, loader, domain);
    reviewLater();
  }

  /** Notes that the advice of a module was heard of, under a security manager. Any thread. */
  public void reached(String module, @Nullable ClassLoader loader) {
    if (reach.reached(module, loader)) {
      reviewLater();
    }
  }

  /**
   * What is to be told of the clients of a module that does not work.
   *
   * @return its name, and how far they are guarded without it
   */
  public String without(String module) {
    return module + KnownClients.without(module, works(KnownClient.SOCKETS_MODULE));
  }

  /**
   * Notes that the app had begun when the agent came, and has connections from before.
   *
   * @param loaded all classes that are loaded by then
   */
  public void isLate(Class<?>[] loaded) {
    late = true;
    for (Class<?> one : loaded) {
      if (KnownClients.isReadFrom(one.getName())) {
        see(KnownClients.SOCKETS, null);
        return;
      }
    }
  }

  /**
   * Whether a module works, by the operator's will and by what became of it everywhere.
   *
   * @param module one that a client's class loader does not matter for
   */
  public boolean works(String module) {
    if (!settings.isModuleEnabled(module)) {
      return false;
    }
    for (Trouble trouble : troubles) {
      if (trouble.isEverywhere(module)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Notes that Netty reads for a client whatever the app has taken, and that nobody sees its
   * consumers.
   *
   * @param handler the class of a handler of the client's, in Netty's pipeline
   */
  public void leavesReading(Class<?> handler) {
    see(KnownClients.ofHandler(handler.getName()), handler);
  }

  /**
   * Notes that an answer of a module's client was left alone, as nobody sees when its reader waits.
   */
  public void hidesReader(String module) {
    for (SeenClient one : seen) {
      if (one.client().modules().contains(module) && one.hidesReader()) {
        reviewLater();
      }
    }
  }

  /** Whether the client with such a handler in Netty's pipeline is one that is guarded. */
  public boolean guardsHandler(Class<?> handler) {
    return !KnownClients.ofHandler(handler.getName()).modules().isEmpty();
  }

  /** Counts a wait for a head that is guarded. */
  public void headGuarded(String client) {
    streams.headGuarded(client);
  }

  /** Counts an answer that is guarded. */
  public void guarded(String client) {
    if (streams.guarded(client) && client.equals(KnownClient.SOCKETS_MODULE)) {
      see(KnownClients.SOCKETS, null);
    }
  }

  /** Counts an answer that is left alone: most often by its media type. */
  public void leftAlone(String client, String mediaType) {
    streams.leftAlone(client, mediaType);
  }

  /** Answers and waits for heads that were guarded, by what guards them. */
  public Map<String, Long> guarded() {
    return streams.guarded();
  }

  /** Has what is new told soon, as modules, settings or clients have changed. */
  public void reviewLater() {
    if (!seen.isEmpty()) {
      later.accept(new Review());
    }
  }

  private void review(SeenClient one) {
    String version = one.version();
    Judgement judgement = judge(one);
    if (!isHidden(one) && one.isNews(judgement.untold())) {
      log.accept(facts(one, version, judgement).toString());
    }
  }

  private Judgement judge(SeenClient one) {
    return new Judgement(one, settings, troubles, reach);
  }

  /**
   * Whether a client is left out. Own code on Netty is of interest only where Netty reads for it,
   * or where no module knows that Netty, and no client is known there.
   */
  private boolean isHidden(SeenClient one) {
    return one.client().isFallback() && (one.isRenamed() ? isOfKnown(one) : one.reader() == null);
  }

  private boolean isOfKnown(SeenClient netty) {
    for (SeenClient one : seen) {
      if (!one.client().isFallback() && one.netty().isSameMoved(netty.netty())) {
        return true;
      }
    }
    return false;
  }

  private CoverageFacts facts(SeenClient one, String version, Judgement judgement) {
    return new CoverageFacts(
        one.client().name(), version, one.loaderName(), judgement, reason(one, judgement));
  }

  private String reason(SeenClient one, Judgement judgement) {
    String reader = one.reader();
    if (reader != null && one.client().isFallback()) {
      return judgement.reason() + " (" + reader + ")";
    }
    return judgement.reason().isEmpty() ? onlyLeftAlone(one.client()) : judgement.reason();
  }

  private String onlyLeftAlone(KnownClient client) {
    for (String module : client.modules()) {
      String mediaType = streams.onlyLeftAlone(module);
      if (mediaType != null) {
        return "none of its answers so far was to be guarded, the last was " + shown(mediaType);
      }
    }
    return "";
  }

  private static String shown(String mediaType) {
    Matcher matcher = Pattern.compile("[-+.\\w]{1,64}/[-+.\\w]{1,64}").matcher(mediaType);
    return matcher.lookingAt() ? matcher.group() : "of no media type";
  }

  /** How all clients stand that were seen, and are still there. Reads their jars the first time. */
  public List<CoverageFacts> facts() {
    List<CoverageFacts> facts = new ArrayList<>();
    for (SeenClient one : seen) {
      if (!isHidden(one) && !one.isCollected()) {
        facts.add(facts(one, one.version(), judge(one)));
      }
    }
    return facts;
  }

  /** The sums, in one line; null if nothing was guarded and nothing is amiss. Waits for nobody. */
  public @Nullable String summary() {
    CoverageSums sums = new CoverageSums(streams.guarded(), streams.hasHeads());
    for (SeenClient one : seen) {
      if (!isHidden(one)) {
        sums.add(facts(one, one.versionSoFar(), judge(one)));
      }
    }
    return settings.isOff() ? null : sums.line();
  }

  // A class instead of a lambda: it is made while a class of the app's is being loaded.

  /** Looks at all clients, by the thread for reports. */
  private final class Review implements Runnable {
    @Override
    public void run() {
      seen.forEach(Coverage.this::review);
    }
  }
}
