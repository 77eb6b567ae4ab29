package io.stallguard.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names by which heartbeats and terminal events are known. Immutable. */
final class EventNames {
  /** Longer names are told apart by this much of them. */
  static final int LONGEST = 64;

  /** Room for the names of the usual formats. */
  private static final int USUAL = 24;

  /** A power of two; far more names than the usual formats have. */
  private static final int PLACES = 256;

  /** A buffer for a name that has not begun. */
  static final byte[] NO_NAME = {};

  /** Beside comment lines, events without data and blank lines. */
  static final List<String> HEARTBEATS =
      Collections.unmodifiableList(Arrays.asList("ping", "keepalive", "heartbeat"));

  /**
   * Names of events, whole data of server-sent events, and keys of JSON lines with their value: one
   * list for all formats, as no name of one format means something else in another.
   */
  static final List<String> TERMINALS =
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

  private static final String KEY_START = "\"";
  private static final String KEY_END = "\":true";

  /** What a server says of a failure; an end only where a format is known to end with it. */
  private static final byte[] ERROR = "error".getBytes(UTF_8);

  /** What holds where no operator said otherwise. */
  static final EventNames STANDARD = new EventNames(HEARTBEATS, TERMINALS);

  private final byte[][] heartbeats;
  private final byte[][] terminals;
  private final byte[][] terminalKeys;

  /**
   * What streams have shown, each held once for all of them; the last one of its place stays.
   * Without a lock or a volatile: they are immutable, and who sees none makes another.
   */
  private final @Nullable ShownName[] shown = new @Nullable ShownName[PLACES];

  EventNames(List<String> heartbeats, List<String> terminals) {
    this.heartbeats = bytes(heartbeats);
    this.terminals = bytes(terminals);
    this.terminalKeys = bytes(keys(terminals));
  }

  private static List<String> keys(List<String> names) {
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      if (isKey(name)) {
        keys.add(name.substring(KEY_START.length(), name.length() - KEY_END.length()));
      }
    }
    return keys;
  }

  /** Whether this terminal event is a key of a JSON line, {@code "done":true}. */
  private static boolean isKey(String name) {
    return name.length() > KEY_START.length() + KEY_END.length()
        && name.startsWith(KEY_START)
        && name.endsWith(KEY_END);
  }

  private static byte[][] bytes(List<String> names) {
    byte[][] bytes = new byte[names.size()][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = names.get(i).getBytes(UTF_8);
    }
    return bytes;
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
    return contains(heartbeats, name, length);
  }

  boolean isTerminal(byte[] name, int length) {
    return contains(terminals, name, length);
  }

  boolean isError(byte[] name, int length) {
    return equal(ERROR, name, length);
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
    return candidate.length == length && startsWith(name, length, candidate);
  }

  /** Whether a text of this length begins with the prefix. */
  static boolean startsWith(byte[] text, int length, byte[] prefix) {
    if (length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (text[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  /** Follows one whole datum of a server-sent event. */
  NameMatch dataMatch() {
    return new NameMatch(terminals);
  }

  /** Follows one key of a JSON line. */
  NameMatch keyMatch() {
    return new NameMatch(terminalKeys);
  }
}
