package io.stallguard.core;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Names of events that streams have shown: each is held once for all streams. Any thread. */
final class ShownNames {
  // A name has one place, and the last one there stays: what a server sends takes no more room than
  // this, and the names of the usual formats are made once.

  private static final int PLACES = 256;

  private static final AtomicReferenceArray<byte[]> NAMES = new AtomicReferenceArray<>(PLACES);

  private ShownNames() {}

  /** An array with this name and nothing else, to be read only. */
  static byte[] of(byte[] name, int length) {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + name[i];
    }
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    byte[] known = NAMES.get(place);
    if (known != null && EventNames.equal(known, name, length)) {
      return known;
    }
    byte[] fresh = Arrays.copyOf(name, length);
    NAMES.set(place, fresh);
    return fresh;
  }
}
