package io.stallguard.testapp;

import io.stallguard.testing.Jdk;
import java.nio.file.Path;
import java.util.List;

/**
 * A client in one version on one JDK.
 *
 * @param name for the test's name: {@code okhttp 3.11.0 on JDK 8}
 * @param classPath the client with what it needs, empty for the JDK's own
 */
record Setup(String name, Jdk jdk, List<Path> classPath) {
  /** The client with its version. */
  String client() {
    return name.split(" on JDK ")[0];
  }

  /** Whether the JDK itself brings the client, so that each JDK has another one. */
  boolean isOfJdk() {
    return classPath.isEmpty();
  }
}
