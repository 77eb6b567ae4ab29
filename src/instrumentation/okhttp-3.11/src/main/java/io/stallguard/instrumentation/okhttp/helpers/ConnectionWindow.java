package io.stallguard.instrumentation.okhttp.helpers;

import java.lang.reflect.Field;
import java.util.regex.Pattern;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** The room that an HTTP/2 connection leaves the server to send in, all streams together. */
final class ConnectionWindow {
  // OkHttp gives 16 MiB, and gives back what its streams' readers have read. So answers that nobody
  // reads can use it up, and the server must not send anything to anybody then. From 4.12 on what
  // has come is given back at once, and nothing can use it up.

  private static final Pattern GIVES_BACK_AT_ONCE =
      Pattern.compile("4\\.(1[2-9]|[2-9]\\d).*|[5-9].*");

  /** The fields with the bytes that were read and not given back yet: since 4.2, before. */
  private static final String[] TOTALS = {"readBytesTotal", "readBytesAcknowledged"};

  private static final String DIFFERENCE = "unacknowledgedBytesRead";

  /**
   * Whether the window may ever be used up. These classes are there once for each copy of OkHttp.
   */
  static final boolean CAN_BE_USED_UP = !givesBackAtOnce(Call.class.getClassLoader());

  private ConnectionWindow() {}

  /** Uses this class now: what fails for want of memory when it is first used is lost for good. */
  static void prepare() {}

  /** Whether there is no room left; false where that cannot be told. */
  static boolean isUsedUp(HeldConnection held) {
    Object frames = held.frames();
    long room = frames == null ? 0 : number(frames, "OKHTTP_CLIENT_WINDOW_SIZE");
    if (frames == null || room == 0 || !CAN_BE_USED_UP) {
      return false;
    }
    return read(frames) + unread(held) >= room;
  }

  /** How many bytes have come on a connection that nobody has read. */
  static long unread(HeldConnection held) {
    long unread = 0;
    for (HeldStream stream : held.streams()) {
      unread += stream.unreadBytes();
    }
    return unread;
  }

  private static long read(Object frames) {
    return number(frames, DIFFERENCE) + number(frames, TOTALS[0]) - number(frames, TOTALS[1]);
  }

  private static long number(Object frames, String field) {
    Object value = Insides.end(frames, field);
    return value instanceof Number ? ((Number) value).longValue() : 0;
  }

  /** Whether this version gives room back at once. Versions before 4.0 have no such name. */
  private static boolean givesBackAtOnce(@Nullable ClassLoader client) {
    String version = version(client);
    return version != null && GIVES_BACK_AT_ONCE.matcher(version).matches();
  }

  private static @Nullable String version(@Nullable ClassLoader client) {
    try {
      Field version = Class.forName("okhttp3.OkHttp", true, client).getField("VERSION");
      return (String) version.get(null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
