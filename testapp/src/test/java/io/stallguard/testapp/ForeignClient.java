package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.server.StallServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/**
 * A client or server of a library that nothing here is compiled against: a small class for each use
 * of it, compiled when it is needed.
 *
 * @param classPath the library's, and the compiled classes
 */
record ForeignClient(String name, List<Path> classPath) {
  private static final Path SOURCES = Path.of("src", "test", "apps", "clients");
  private static final Path COMPILED = Path.of("target", "clients").toAbsolutePath();

  /**
   * Compiles all uses against a library.
   *
   * @param name of its own for each library and version
   * @param uses the names of the classes
   * @param coordinates of the library; none: it is the JDK's
   */
  static ForeignClient of(String name, List<String> uses, String... coordinates) {
    return forJava(17, name, uses, coordinates);
  }

  /** The same, compiled for another release of Java. */
  static ForeignClient forJava(int release, String name, List<String> uses, String... coordinates) {
    List<Path> classPath = new ArrayList<>();
    if (coordinates.length > 0) {
      classPath.addAll(ClassPaths.resolve(coordinates));
    }
    Path folder = COMPILED.resolve(name);
    compile(release, uses, classPath, folder);
    classPath.add(0, folder);
    return new ForeignClient(name, classPath);
  }

  /** A copy, renamed with the classes that use it. */
  ForeignClient renamed(Renaming renaming) {
    return new ForeignClient(name, renaming.of(name, classPath));
  }

  private static void compile(int release, List<String> uses, List<Path> classPath, Path folder) {
    List<String> arguments = new ArrayList<>(List.of("--release", String.valueOf(release)));
    arguments.addAll(List.of("-nowarn", "-Xlint:-options", "-proc:none"));
    arguments.addAll(List.of("-cp", joined(classPath), "-d", folder.toString()));
    uses.forEach(use -> arguments.add(SOURCES.resolve(use + ".java").toString()));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failed != 0) {
      throw new AssertionError(uses + " do not compile");
    }
  }

  private static String joined(List<Path> classPath) {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** A job that uses it, for a {@code ForeignProbe}. */
  JobLine job(StallServer server, String use, Protocol protocol) {
    return job(server, use, protocol, "ok");
  }

  /**
   * A job that uses it for this scenario.
   *
   * @param scenario its name, and its settings behind it
   */
  JobLine job(StallServer server, String use, Protocol protocol, String scenario) {
    String path = "/scenario/" + scenario + ";run=" + name + "-" + use + "/v1/messages";
    return JobLine.plain(server, id(use), form(use), protocol, "GET", path);
  }

  /** A job that uses it for a server of one's own. */
  JobLine job(String use, Protocol protocol, String url) {
    return new JobLine(id(use), form(use), protocol, "GET", 0, url);
  }

  private String id(String use) {
    return name + "-" + use;
  }

  private String form(String use) {
    return use + ":" + joined(classPath);
  }
}
