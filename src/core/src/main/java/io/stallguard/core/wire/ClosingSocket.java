package io.stallguard.core.wire;

import java.lang.reflect.Field;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/**
 * Whether a socket of the JDK's is open, as its own field has it: asked without its lock. Any
 * thread.
 */
final class ClosingSocket {
  // Whoever closes it has that lock for as long as the socket lingers, and has written the field
  // before.

  /** The JDK's socket from JDK 13 on. */
  private static final String SOCKET = "sun.nio.ch.NioSocketImpl";

  /** The JDK's socket before JDK 13, and on demand a little later. */
  static final String OLD_SOCKET = "java.net.AbstractPlainSocketImpl";

  /** What the JDK may put around either. */
  private static final String AROUND = "java.net.DelegatingSocketImpl";

  private static final int MOST_LAYERS = 4;

  private final @Nullable Field state;
  private final int closing;
  private final @Nullable Field oldClosing;
  private final @Nullable Field inner;

  private ClosingSocket(
      @Nullable Field state, int closing, @Nullable Field oldClosing, @Nullable Field inner) {
    this.state = state;
    this.closing = closing;
    this.oldClosing = oldClosing;
    this.inner = inner;
  }

  static ClosingSocket find() {
    Field closing = field(SOCKET, "ST_CLOSING");
    Object number = closing == null ? null : valueIn(closing, null);
    return new ClosingSocket(
        number == null ? null : field(SOCKET, "state"),
        number == null ? 0 : (Integer) number,
        field(OLD_SOCKET, "closePending"),
        field(AROUND, "delegate"));
  }

  private static @Nullable Field field(String type, String name) {
    try {
      Field field = Class.forName(type).getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another JDK, or not opened.
      return null;
    }
  }

  private static @Nullable Object valueIn(@Nullable Field field, @Nullable Object of) {
    try {
      return field == null ? null : field.get(of);
    } catch (IllegalAccessException | RuntimeException e) {
      return null;
    }
  }

  /** Whether the socket is open; no where that is not known. */
  boolean isOpen(SocketImpl socket) {
    Object lowest = socket;
    for (int layer = 0; layer < MOST_LAYERS && isIn(inner, lowest); layer++) {
      lowest = valueIn(inner, lowest);
    }
    if (isIn(state, lowest)) {
      Object now = valueIn(state, lowest);
      return now != null && (Integer) now < closing;
    }
    return isIn(oldClosing, lowest) && Boolean.FALSE.equals(valueIn(oldClosing, lowest));
  }

  private static boolean isIn(@Nullable Field field, @Nullable Object of) {
    return field != null && field.getDeclaringClass().isInstance(of);
  }
}
