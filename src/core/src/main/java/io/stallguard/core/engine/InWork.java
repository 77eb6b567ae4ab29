package io.stallguard.core.engine;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The incidents that are not over: has each aborted and escalated until nothing is left to be done,
 * and tells the listener when it can be reported. Watchdog only, unless said otherwise.
 */
public final class InWork {
  /**
   * How many stalls of a tick are treated at once: have their stack in the report, and their socket
   * closed before an abort thread is there. To take a thread's stack costs about 0.25 ms, to close
   * a socket a fifth of that, and the verdicts and aborts behind wait for it, where a thousand
   * streams stall at once.
   */
  private static final int FIRST_OF_TICK = 16;

  private final Threads threads;
  private final InternalErrors errors;
  private final LongSupplier nanoTime;
  private final IncidentList incidents = new IncidentList();
  private int stacksLeft = FIRST_OF_TICK;
  private int cutsLeft = FIRST_OF_TICK;

  /**
   * When threads for aborts are asked for again that were not to be had. All incidents wait for
   * them together.
   */
  private long abortsDueAt;

  /** When threads for escalations are asked for again that were not to be had. */
  private long escalationsDueAt;

  public InWork(Threads threads, InternalErrors errors, LongSupplier nanoTime) {
    this.threads = threads;
    this.errors = errors;
    this.nanoTime = nanoTime;
    this.abortsDueAt = nanoTime.getAsLong();
    this.escalationsDueAt = abortsDueAt;
  }

  /**
   * Has all that it takes to act on a stall, which is not in work before it is added. Any thread.
   */
  Incident prepared(Guard guard, Stall stall) {
    return new Incident(guard, stall, errors, nanoTime);
  }

  /** Takes an incident in, without allocation. Any thread. */
  void add(Incident incident) {
    incidents.add(incident);
  }

  /** Whether no incident is in work. Any thread. */
  public boolean isEmpty() {
    return incidents.isEmpty();
  }

  /** The oldest incident, which leads to the others; null if there is none. Any thread. */
  public @Nullable Incident first() {
    return incidents.first();
  }

  /** The incident that was decided next; null if there is none. Any thread. */
  public @Nullable Incident after(Incident incident) {
    return incident.next;
  }

  /** Frees the reader of a stream that was just decided, where that waits for nothing. */
  void cut(@Nullable Incident incident, WatchdogListener listener) {
    if (incident == null) {
      return;
    }
    if (stacksLeft > 0) {
      stacksLeft--;
      incident.wantStack();
    }
    if (cutsLeft > 0 && isCut(incident, listener)) {
      cutsLeft--;
    }
  }

  private static boolean isCut(Incident incident, WatchdogListener listener) {
    try {
      return incident.cut();
    } catch (Throwable t) {
      // Its abort follows, and tells what comes of that.
      listener.failed(t);
      return true;
    }
  }

  /** Sees to each incident, and lets go of those that are over. */
  void attend(WatchdogListener listener) {
    stacksLeft = FIRST_OF_TICK;
    cutsLeft = FIRST_OF_TICK;
    IncidentList.Link before = incidents.head();
    for (Incident incident = incidents.first(); incident != null; incident = incident.next) {
      // Asked first and removed last: until then the thread that ends the JVM must find it here.
      boolean over = incident.isOver();
      try {
        attend(incident, over, listener);
      } catch (Throwable t) {
        // No thread for it now: it is tried again, the other incidents do not wait.
        listener.failed(t);
      }
      if (!over || !incidents.remove(incident, before)) {
        before = incident;
      }
    }
  }

  private void attend(Incident incident, boolean over, WatchdogListener listener) {
    if (incident.isSettled()) {
      listener.settled(incident);
    }
    if (over) {
      listener.over(incident);
    } else {
      ask(incident);
    }
  }

  private void ask(Incident incident) {
    long now = nanoTime.getAsLong();
    if (now - abortsDueAt >= 0 && incident.beginsRound()) {
      abortsDueAt = now + Incident.ROUND_NANOS;
      incident.askAbort(threads.aborts());
      abortsDueAt = now;
    }
    if (now - escalationsDueAt >= 0 && incident.wantsEscalation()) {
      escalationsDueAt = now + Incident.ROUND_NANOS;
      incident.askEscalation(threads.escalations());
      escalationsDueAt = now;
    }
  }
}
