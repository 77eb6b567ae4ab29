package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that are looked for in the data of events: those of dialects and an operator's. */
final class DataKeys {
  // Found by a hash that is made while the key's bytes come, so that no byte of it is kept. Keys of
  // up to eight bytes are their own hash. Others could share one only if somebody made them to.

  private static final Key[] KEYS = Key.values();

  /** The size of the table: a power of two, several times the number of keys. */
  private static final int PLACES = 1024;

  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int SHIFT = Long.SIZE - 10;

  /** Stands for a key that is not looked for. */
  static final int UNKNOWN = -1;

  private final long[] hashes = new long[PLACES];
  private final byte[] lengths = new byte[PLACES];
  private final short[] ids = new short[PLACES];
  private final List<KeyItem> items;
  private final String[] own;

  private final boolean[] anywhere;

  DataKeys(List<KeyItem> items) {
    this.items = items;
    List<String> names = new ArrayList<>();
    for (Key key : KEYS) {
      put(key.text(), key.number());
    }
    for (KeyItem item : items) {
      if (id(item.key()) == UNKNOWN) {
        put(item.key(), KEYS.length + names.size());
        names.add(item.key());
      }
    }
    this.own = names.toArray(new String[0]);
    this.anywhere = new boolean[KEYS.length + own.length];
    for (int id = 0; id < anywhere.length; id++) {
      anywhere[id] = matters(id);
    }
  }

  private void put(String key, int id) {
    byte[] bytes = key.getBytes(UTF_8);
    long hash = hash(bytes);
    int place = place(hash, bytes.length);
    while (lengths[place] != 0) {
      place = (place + 1) & (PLACES - 1);
    }
    hashes[place] = hash;
    lengths[place] = (byte) bytes.length;
    ids[place] = (short) id;
  }

  private int id(String key) {
    byte[] bytes = key.getBytes(UTF_8);
    return find(hash(bytes), bytes.length);
  }

  private static long hash(byte[] bytes) {
    long hash = 0;
    for (byte b : bytes) {
      hash = add(hash, b);
    }
    return hash;
  }

  /** The hash with one byte more. */
  static long add(long hash, byte b) {
    return Long.rotateLeft(hash, Byte.SIZE) ^ (b & 0xFF);
  }

  private static int place(long hash, int length) {
    return (int) (((hash + length) * SPREAD) >>> SHIFT);
  }

  /** The number of a key, or {@link #UNKNOWN}. */
  int find(long hash, int length) {
    int place = place(hash, length);
    while (lengths[place] != 0) {
      if (hashes[place] == hash && lengths[place] == length) {
        return ids[place];
      }
      place = (place + 1) & (PLACES - 1);
    }
    return UNKNOWN;
  }

  private String text(int id) {
    return id < KEYS.length ? KEYS[id].text() : own[id - KEYS.length];
  }

  /** The key that dialects know by this number; null if only an operator does, or nobody. */
  static @Nullable Key key(int id) {
    return id == UNKNOWN || id >= KEYS.length ? null : KEYS[id];
  }

  /** Whether the value of the key matters at any depth. */
  boolean isAnywhere(int id) {
    return anywhere[id];
  }

  private boolean matters(int id) {
    Key key = key(id);
    return key == null || key.isReason() || key == Key.DONE || isItem(id);
  }

  private boolean isItem(int id) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).key().equals(text(id))) {
        return true;
      }
    }
    return false;
  }

  boolean hasItems() {
    return !items.isEmpty();
  }

  /** The operator's item of this key and value; null if there is none. */
  @Nullable KeyItem item(int id, AskedValue value) {
    for (int i = 0; i < items.size(); i++) {
      KeyItem item = items.get(i);
      if (item.matches(value) && item.key().equals(text(id))) {
        return item;
      }
    }
    return null;
  }

  /** The operator's item of this key, whatever its value; null if there is none. */
  @Nullable KeyItem item(int id) {
    for (int i = 0; i < items.size(); i++) {
      KeyItem item = items.get(i);
      if (item.isOfAnyValue() && item.key().equals(text(id))) {
        return item;
      }
    }
    return null;
  }
}
