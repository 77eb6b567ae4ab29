package io.stallguard.agent;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The compiled main classes of what goes into the jar, as they are before any is moved. */
final class Zones {
  private static final Path SOURCES = Path.of("..", "src");
  private static final Path INSTRUMENTATION = SOURCES.resolve("instrumentation");
  private static final String CLASSES = "target/classes";

  private Zones() {}

  /** All zones, each class with the place it was compiled to. */
  static JavaClasses classes() {
    return new ClassFileImporter().importPaths(folders());
  }

  /** The zone that has rooms. */
  static JavaClasses core() {
    return new ClassFileImporter().importPath(compiled(SOURCES.resolve("core")));
  }

  static List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    folders.add(compiled(Path.of("")));
    folders.add(compiled(SOURCES.resolve("core")));
    folders.add(compiled(SOURCES.resolve("tooling")));
    folders.addAll(modules());
    return folders;
  }

  /** The instrumentation modules. */
  static List<Path> modules() {
    try (Stream<Path> children = Files.list(INSTRUMENTATION)) {
      return children
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(Zones::compiled)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path compiled(Path module) {
    Path folder = module.resolve(CLASSES).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new AssertionError("not compiled, so no rule can hold for it: " + folder);
    }
    return folder;
  }

  /** The class files in a folder, at any depth. */
  static List<Path> classFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
