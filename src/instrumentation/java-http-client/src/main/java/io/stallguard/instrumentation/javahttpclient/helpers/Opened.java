package io.stallguard.instrumentation.javahttpclient.helpers;

import java.lang.reflect.AccessibleObject;
import java.security.AccessController;
import java.security.PrivilegedAction;

/** Members of the JDK's client that are not for everybody. */
final class Opened {
  private Opened() {}

  /**
   * The member that was given, to be used whatever its visibility.
   *
   * @throws RuntimeException if its module is not open to us
   */
  @SuppressWarnings("removal") // Without a security manager it does no harm.
  static <T extends AccessibleObject> T of(T member) {
    return AccessController.doPrivileged(
        (PrivilegedAction<T>)
            () -> {
              member.setAccessible(true);
              return member;
            });
  }
}
