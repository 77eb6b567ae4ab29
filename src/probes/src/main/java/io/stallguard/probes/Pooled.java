package io.stallguard.probes;

/** A probe whose client tells of its pool. */
interface Pooled {
  /** Connections that are in use now. */
  int leased();
}
