package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.core.words.Texts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A name of events that streams have shown, and what events of this name are. Immutable. */
public final class ShownName {
  private static final Place[] PLACES = Place.values();

  /** The name of the last event of a stream that has shown no event. */
  public static final ShownName NONE = constant("");

  /** The name of an error that has none of its own. */
  static final ShownName ERROR = constant("error");

  private final byte[] bytes;
  private final boolean heartbeat;
  private final boolean terminal;
  private final boolean error;
  private final boolean next;
  private final boolean acknowledgement;
  private final @Nullable Meaning[] meanings = new @Nullable Meaning[PLACES.length];

  ShownName(byte[] name, int length, EventNames names) {
    this.bytes = Arrays.copyOf(name, length);
    this.heartbeat = names.isHeartbeat(name, length);
    this.terminal = names.isTerminal(name, length);
    String word = new String(bytes, UTF_8);
    this.error = word.equals("error");
    this.next = word.equals("next");
    this.acknowledgement = word.equals("notifications/subscriptions/acknowledged");
    for (int i = 0; i < PLACES.length; i++) {
      meanings[i] = Dialects.ofName(PLACES[i], word);
    }
  }

  private ShownName(byte[] bytes) {
    this.bytes = bytes;
    this.heartbeat = false;
    this.terminal = false;
    this.error = false;
    this.next = false;
    this.acknowledgement = false;
  }

  /** Makes a name that a format gives to what has none of its own. */
  public static ShownName constant(String name) {
    return new ShownName(name.getBytes(UTF_8));
  }

  boolean is(byte[] name, int length) {
    return EventNames.equal(bytes, name, length);
  }

  /** What the name says in the dialect that has it in this place; null if none has. */
  @Nullable Meaning meaning(Place place) {
    return meanings[place.number()];
  }

  boolean isHeartbeat() {
    return heartbeat;
  }

  /** Whether the operator says that an event of this name is the end. */
  boolean isTerminal() {
    return terminal;
  }

  /** Whether the name is what a server says of a failure. */
  boolean isError() {
    return error;
  }

  /** Whether the name is what GraphQL calls each result of a subscription. */
  boolean isNext() {
    return next;
  }

  /** Whether the name is what MCP says first to who subscribes. */
  boolean isAcknowledgement() {
    return acknowledgement;
  }

  /** The name, cleaned; empty if there was none. */
  @Override
  public String toString() {
    return Texts.utf8(bytes, bytes.length);
  }
}
