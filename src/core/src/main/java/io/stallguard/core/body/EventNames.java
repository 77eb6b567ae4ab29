package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names, data and keys by which heartbeats and terminal events are known, beside what dialects
 * say. Any thread: immutable but for a cache of names.
 */
public final class EventNames {
  /** How much of a name counts: longer ones are told apart by this much of them. */
  public static final int LONGEST = 64;

  /** Room for the names of the usual formats. */
  private static final int USUAL = 24;

  /** The size of the table: a power of two, far more than the usual formats have names. */
  private static final int PLACES = 256;

  /** A buffer for a name that has not begun. */
  static final byte[] NO_NAME = {};

  /**
   * The names of heartbeats: names that end so, in any case. Comment lines, events without data and
   * blank lines are heartbeats as well.
   */
  public static final List<String> HEARTBEATS =
      Collections.unmodifiableList(Arrays.asList("ping", "keepalive", "heartbeat"));

  /**
   * The names and data that dialects end with, for people: which of them counts, and on which
   * paths, the dialects say. Without these in front, an operator's list takes the place of all that
   * dialects say.
   */
  public static final List<String> TERMINALS =
      Collections.unmodifiableList(
          Arrays.asList(
              "message_stop",
              "[DONE]",
              "response.completed",
              "response.failed",
              "response.incomplete",
              "message-end",
              "\"done\":true",
              "messageStop",
              "error"));

  /** The data that OpenAI ends with, and what some make of it. */
  private static final byte[][] DONE = {"[DONE]".getBytes(UTF_8), "\"[DONE]\"".getBytes(UTF_8)};

  /** The names that hold where no operator said otherwise. */
  public static final EventNames STANDARD = new EventNames(HEARTBEATS, TERMINALS);

  private final boolean standardHeartbeats;
  private final boolean standardTerminals;
  private final byte[][] heartbeats;
  private final byte[][] terminals;
  private final DataKeys keys;

  /** For each byte whether whole data that mean something by themselves may begin with it. */
  private final boolean[] begins = new boolean[1 << Byte.SIZE];

  /**
   * The names that streams have shown, each held once for all of them; the last one of its place
   * stays. Without a lock or a volatile: they are immutable, and who sees none makes another.
   */
  private final @Nullable ShownName[] shown = new @Nullable ShownName[PLACES];

  public EventNames(List<String> heartbeats, List<String> terminals) {
    this.standardHeartbeats = begins(heartbeats, HEARTBEATS);
    this.standardTerminals = begins(terminals, TERMINALS);
    List<String> beats = standardHeartbeats ? rest(heartbeats, HEARTBEATS) : heartbeats;
    List<String> ends = standardTerminals ? rest(terminals, TERMINALS) : terminals;
    List<KeyItem> items = new ArrayList<>();
    this.heartbeats = bytes(beats, items, false);
    this.terminals = bytes(ends, items, true);
    this.keys = new DataKeys(items);
    noteBegins();
  }

  private void noteBegins() {
    for (int i = 0; i < begins.length; i++) {
      byte b = (byte) i;
      begins[i] =
          isBegin(DONE, b)
              || isBegin(terminals, b)
              || isBegin(heartbeats, b)
              || (standardHeartbeats && BeatWord.mayBegin(b));
    }
  }

  private static boolean isBegin(byte[][] texts, byte b) {
    for (byte[] text : texts) {
      if (text[0] == b) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether whole data that begin with this byte may be an end, or a heartbeat: those of JSON are
   * neither.
   */
  boolean mayBeginWhole(byte b) {
    return begins[b & 0xFF];
  }

  private static boolean begins(List<String> names, List<String> standard) {
    return names.size() >= standard.size() && names.subList(0, standard.size()).equals(standard);
  }

  private static List<String> rest(List<String> names, List<String> standard) {
    return names.subList(standard.size(), names.size());
  }

  /** The items that are names or data; those that are keys go to the list of them. */
  private static byte[][] bytes(List<String> names, List<KeyItem> items, boolean terminal) {
    List<byte[]> bytes = new ArrayList<>();
    for (String name : names) {
      KeyItem item = KeyItem.of(name, terminal);
      if (item == null) {
        bytes.add(name.getBytes(UTF_8));
      } else {
        items.add(item);
      }
    }
    return bytes.toArray(new byte[0][]);
  }

  /** What is known of a name. The same for all streams that show it, and made once. */
  ShownName shown(byte[] name, int length) {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + name[i];
    }
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    ShownName known = shown[place];
    if (known == null || !known.is(name, length)) {
      known = new ShownName(name, length, this);
      shown[place] = known;
    }
    return known;
  }

  boolean isHeartbeat(byte[] name, int length) {
    return contains(heartbeats, name, length)
        || (standardHeartbeats && HeartbeatName.is(name, length));
  }

  /** Whether the operator says that an event of this name is the end. */
  boolean isTerminal(byte[] name, int length) {
    return contains(terminals, name, length);
  }

  /** Whether the usual names of heartbeats count beside what the operator says. */
  boolean hasStandardHeartbeats() {
    return standardHeartbeats;
  }

  /** Whether what dialects say of an end counts beside what the operator says. */
  boolean hasStandardTerminals() {
    return standardTerminals;
  }

  DataKeys keys() {
    return keys;
  }

  private static boolean contains(byte[][] names, byte[] name, int length) {
    for (byte[] candidate : names) {
      if (equal(candidate, name, length)) {
        return true;
      }
    }
    return false;
  }

  /** The buffer of a name, or a longer one with what it has: most names are short, or not there. */
  static byte[] room(byte[] buffer, int needed) {
    return needed <= buffer.length
        ? buffer
        : Arrays.copyOf(buffer, needed <= USUAL ? USUAL : LONGEST);
  }

  /** Whether a name of this length is this one. */
  static boolean equal(byte[] candidate, byte[] name, int length) {
    if (candidate.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name[i] != candidate[i]) {
        return false;
      }
    }
    return true;
  }

  /** Follows one whole datum that may be OpenAI's last. */
  static NameMatch doneMatch() {
    return new NameMatch(DONE);
  }

  /** Follows one whole datum that may be an operator's terminal event; null if there is none. */
  @Nullable NameMatch terminalMatch() {
    return terminals.length == 0 ? null : new NameMatch(terminals);
  }

  /** Follows one whole datum that may be an operator's heartbeat; null if there is none. */
  @Nullable NameMatch heartbeatMatch() {
    return heartbeats.length == 0 ? null : new NameMatch(heartbeats);
  }
}
