package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.wire.Backlog;
import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.Look;
import io.stallguard.core.wire.PoolProbe;
import io.stallguard.core.wire.VirtualReaderLook;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks, before one verdict, at what the client and its executor may hold back of one answer. */
final class BodyLook implements LastLook {
  // First the executor, as long as that takes: a pool that does not come to its work is to be told
  // by the want of an answer. From then on the client's fields before each probe: what was begun
  // when a probe ran has been delivered by then, or its scheduler is still at work.

  /** From this release on the thread that reads for all of a client is a virtual one. */
  private static final boolean HAS_VIRTUAL_SELECTOR = Runtime.version().feature() >= 26;

  /**
   * How often a scheduler may be seen to be at work on nothing that moves, though the executor has
   * come to its tasks: a second or so. Then nobody runs it: an error, of memory say, has left it
   * like that. A consumer that keeps it is marked as busy, and holds the verdict off by that.
   */
  private static final int LEFT = 16;

  /** More time than lies between two looks where the executor has time to answer. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private final ClientLooks client;
  private final Place place;
  private volatile @Nullable Look probed;
  private volatile boolean putOff;

  private final Backlog backlog = new Backlog();

  /** Of one thread after another, like the rest; the order comes from the looks. */
  private int stands;

  /** How much waited in the socket when the client was last seen to read there no more. */
  private int unread;

  private boolean unfetched;
  private long askedAt;
  private volatile boolean late;
  private volatile boolean windowUsedUp;
  private volatile boolean windowWasUsedUp;

  BodyLook(ClientLooks client, Place place) {
    this.client = client;
    this.place = place;
  }

  /**
   * This look, and where the client's selector is a virtual thread, whether that has had its turn.
   */
  LastLook withReader() {
    return HAS_VIRTUAL_SELECTOR ? VirtualReaderLook.around(this) : this;
  }

  @Override
  public void ask(Look look) throws ReflectiveOperationException {
    if (place.isHttp2() && !client.seesWire() && !putOff) {
      // A window that siblings have used up cannot be told from a silence: no answer is one limit.
      putOff = true;
      return;
    }
    Look before = probed;
    noteTime(before != null);
    if (before != null && before.isAnswered() && holdsBack()) {
      probed = null;
      if (unfetched) {
        look.unfetched();
      } else {
        look.waits();
      }
    } else {
      probed = look;
      noteWindow();
      askPool(look);
    }
  }

  private void noteTime(boolean again) {
    long now = System.nanoTime();
    late |= again && now - askedAt > LATE_NANOS;
    askedAt = now;
  }

  /**
   * Looks at the window: one that is used up at the first look and not at the second was freed
   * between them.
   */
  private void noteWindow() throws ReflectiveOperationException {
    Object upstream = place.isHttp2() ? place.upstream() : null;
    windowUsedUp = upstream != null && client.isWindowUsedUp(upstream);
    windowWasUsedUp |= windowUsedUp;
  }

  private boolean holdsBack() throws ReflectiveOperationException {
    Object upstream = place.upstream();
    if (upstream == null) {
      return false;
    }
    ClientLooks.Way way = client.way(upstream);
    boolean held = isHeld(way);
    windowUsedUp = place.isHttp2() && client.isWindowUsedUp(upstream);
    windowWasUsedUp |= windowUsedUp;
    unfetched = way == ClientLooks.Way.UNFETCHED && !windowUsedUp && hasNotSunk(upstream);
    return held || windowUsedUp || place.isThere(upstream);
  }

  /**
   * Whether what waits in the socket has become no less: what does, from one look to another, has
   * been fetched.
   */
  private boolean hasNotSunk(Object upstream) throws ReflectiveOperationException {
    int before = unread;
    unread = client.bytesInSocket(upstream);
    return unread >= before;
  }

  private boolean isHeld(ClientLooks.Way way) {
    stands = way == ClientLooks.Way.STANDS ? stands + 1 : 0;
    switch (way) {
      case CLEAR:
        return false;
      case FLOWS:
        return backlog.mayHold();
      case STANDS:
        return stands < LEFT;
      default:
        return true;
    }
  }

  private void askPool(Look look) {
    Executor executor = place.executor();
    if (executor == null) {
      look.nothing();
      return;
    }
    PoolProbe probe = client.probe(executor);
    probe.threads().seen(place.deliverer());
    probe.ask(this, look, executor, place.world());
  }

  /** Whether the server was kept from sending until a moment ago: it has had no time since. */
  boolean hasFreedWindow() {
    return windowWasUsedUp && !windowUsedUp;
  }

  /** Whether the executor has had no time for a while. */
  boolean wasLate() {
    return late;
  }

  /** What is looked at. Any thread. */
  interface Place {
    /** Whether the server may be kept from sending by what was not read. */
    boolean isHttp2();

    /** The client's object that leads to the connection; null as long as there is none. */
    @Nullable Object upstream() throws ReflectiveOperationException;

    /** Whether the client has what is waited for, all but handed over. */
    default boolean isThere(Object upstream) throws ReflectiveOperationException {
      return false;
    }

    /** The client's executor; null if it is not known. */
    @Nullable Executor executor();

    /** The surroundings of the app's thread; null before the answer is waited for. */
    @Nullable AppWorld world();

    /** The name of a thread that has delivered. */
    String deliverer();
  }
}
