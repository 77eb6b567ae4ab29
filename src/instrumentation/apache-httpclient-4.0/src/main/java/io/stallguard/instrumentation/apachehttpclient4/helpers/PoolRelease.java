package io.stallguard.instrumentation.apachehttpclient4.helpers;

import java.io.IOException;
import java.lang.reflect.Method;
import org.apache.http.HttpClientConnection;

/**
 * Gives the lease of a connection that was shut down back to the pool of a {@code
 * DefaultHttpClient}.
 *
 * <p>Such a client marks a connection as reusable once it saw the end of a body, without another
 * look at it, and its pool would hand the corpse to the next request, which fails. Before that mark
 * the pool drops what is given back. Clients that a builder makes look, and need none of this.
 */
final class PoolRelease {
  // By reflection: the type is HttpClient's, and the loader of HttpCore need not see it.

  private static final String RELEASE_TRIGGER = "org.apache.http.conn.ConnectionReleaseTrigger";

  private PoolRelease() {}

  /** Does nothing for a connection of another kind, or one whose lease has ended. */
  static void release(HttpClientConnection connection) throws IOException {
    try {
      Class<?> trigger =
          Class.forName(RELEASE_TRIGGER, false, connection.getClass().getClassLoader());
      if (trigger.isInstance(connection)) {
        Method release = trigger.getMethod("releaseConnection");
        release.invoke(connection);
      }
    } catch (ClassNotFoundException e) {
      // HttpCore alone: no such pool.
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }
}
