package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The versions of Apache HttpClient that are tried. */
final class ApacheVersions {
  static final String FLOOR_4 = System.getProperty("apache-httpclient-4.floor");

  /** The first with clients that a builder makes. */
  static final String BUILDERS_4 = System.getProperty("apache-httpclient-4.builders");

  static final String LATEST_4 = "4.5.14";
  static final String FLOOR_5 = System.getProperty("apache-httpclient-5.floor");
  static final String LATEST_5 = "5.6.5";

  private ApacheVersions() {}

  /** A version on those of the JDKs that are here. */
  static Stream<Setup> on(String version, Integer... features) {
    List<Integer> wanted = List.of(features);
    return Jdks.find().all().stream()
        .filter(jdk -> wanted.contains(jdk.feature()))
        .map(jdk -> setup(version, jdk));
  }

  private static Setup setup(String version, Jdk jdk) {
    String name = "Apache HttpClient " + version + " on JDK " + jdk.feature();
    return new Setup(name, jdk, classPath(version));
  }

  /** The client with what it needs. */
  static List<Path> classPath(String version) {
    String group = version.startsWith("5") ? ".client5:httpclient5:" : ":httpclient:";
    return ClassPaths.resolve("org.apache.httpcomponents" + group + version);
  }
}
