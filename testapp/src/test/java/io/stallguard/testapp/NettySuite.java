package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the clients that stand on Netty have in common: Netty is what differs by version. */
abstract class NettySuite extends ClientSuite {
  static final String STALL = "io.netty.handler.timeout.ReadTimeoutException: ";

  /** Netty before 4.1.76 lets nobody make a ReadTimeoutException with a message. */
  static final String OLD_STALL = "io.stallguard.core.StallTimeoutException: ";

  /**
   * As every app has. Without, reactor-core's loggers are in a map that is not safe for threads:
   * now and then one of its classes fails in its initializer, and stays unusable.
   */
  private static final String[] LOGGING = {
    "org.slf4j:slf4j-api:2.0.20", "org.slf4j:slf4j-simple:2.0.20"
  };

  /** The floor on the oldest JDK that is here. */
  static Setup floor(String client, String... coordinates) {
    return setup(client + " (floor)", jdks().min(BY_FEATURE).orElseThrow(), coordinates);
  }

  /** The latest on the newest JDK that is here. */
  static Setup latest(String client, String... coordinates) {
    return setup(client, jdks().max(BY_FEATURE).orElseThrow(), coordinates);
  }

  private static final Comparator<Jdk> BY_FEATURE = Comparator.comparingInt(Jdk::feature);

  private static Stream<Jdk> jdks() {
    return Jdks.find().all().stream();
  }

  private static Setup setup(String client, Jdk jdk, String... coordinates) {
    return new Setup(client + " on JDK " + jdk.feature(), jdk, classPath(coordinates));
  }

  static List<Path> classPath(String... coordinates) {
    return ClassPaths.resolve(
        Stream.concat(Stream.of(LOGGING), Stream.of(coordinates)).toArray(String[]::new));
  }

  static boolean isFloor(Setup setup) {
    return setup.name().contains("(floor)");
  }

  @Override
  String module() {
    return "netty";
  }

  /**
   * The event loop brings bytes, another thread takes them: on a busy machine, far later. How long
   * none came the server knows.
   */
  @Override
  long handOverMillis() {
    return ClientRun.LIMIT_MILLIS;
  }

  @Override
  boolean readsAhead() {
    return true;
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, anyForm(), Protocol.TLS_H1));
  }
}
