package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** The class path of each SDK, as the modules of the probes name it. */
final class SdkClassPaths {
  private static final List<Path> PROBES =
      Arrays.stream(System.getProperty("it.sdk-probes").split(File.pathSeparator))
          .map(Path::of)
          .toList();
  private static final Properties NAMED = read();

  private SdkClassPaths() {}

  /** The SDK, what it needs, and its probe. */
  static List<Path> of(SdkClient client) {
    List<Path> path = new ArrayList<>(ClassPaths.resolve(artifacts(client.name())));
    path.addAll(PROBES);
    return path;
  }

  /** The version of the artifact that is named after the way of use, or of the first one. */
  static String version(SdkClient client, String form) {
    String[] artifacts = artifacts(client.name());
    String artifact =
        Arrays.stream(artifacts)
            .filter(each -> each.split(":")[1].endsWith("-" + form))
            .findFirst()
            .orElse(artifacts[0]);
    return artifact.substring(artifact.lastIndexOf(':') + 1);
  }

  private static String[] artifacts(String name) {
    String artifacts = NAMED.getProperty(name);
    if (artifacts == null) {
      throw new IllegalArgumentException("no class path " + name + " in " + PROBES);
    }
    return artifacts.split(" ");
  }

  private static Properties read() {
    Properties named = new Properties();
    for (Path probes : PROBES) {
      try (Reader reader = Files.newBufferedReader(probes.resolve("class-paths.properties"))) {
        named.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return named;
  }
}
