package io.stallguard.core.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The incidents in work, in the order of their decisions. Any thread adds, without allocation, so
 * that a decision cannot be lost on its way to this list; the watchdog takes out.
 */
final class IncidentList {
  // A queue that is linked by its elements: who adds swaps the tail and then links what was the
  // tail before. Between the two steps the list ends early, and the next look finds the rest.
  // What was taken out keeps its link, as the thread that ends the JVM may be walking there.

  private final Link head = new Link();
  private final AtomicReference<Link> tail = new AtomicReference<>(head);

  void add(Incident incident) {
    Link before = tail.getAndSet(incident);
    before.next = incident;
  }

  /** The oldest incident, null if there is none. */
  @Nullable Incident first() {
    return head.next;
  }

  boolean isEmpty() {
    return head.next == null;
  }

  /** The link before the oldest incident. Watchdog only. */
  Link head() {
    return head;
  }

  /**
   * Takes an incident out. Watchdog only.
   *
   * @return false if a newer one is just being linked to it: then it stays until the next look
   */
  boolean remove(Incident incident, Link before) {
    Incident next = incident.next;
    before.next = next;
    if (next != null || tail.compareAndSet(incident, before)) {
      return true;
    }
    before.next = incident;
    return false;
  }

  /** A place in the list. */
  static class Link {
    @Nullable volatile Incident next;
  }
}
