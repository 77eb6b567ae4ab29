package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Copies of jars that differ from them. */
final class Jars {
  private Jars() {}

  /** All but one entry, which must be there. */
  static void copyWithout(String missing, Path from, Path to) throws IOException {
    try (JarFile jar = new JarFile(from.toFile())) {
      assertThat(jar.getEntry(missing)).isNotNull();
    }
    copy(from, to, name -> name.equals(missing) ? "" : name, UnaryOperator.identity());
  }

  /**
   * Copies entry by entry.
   *
   * @param names the name of an entry's copy, empty to leave it out
   * @param contents what an entry's copy holds
   */
  static void copy(Path from, Path to, UnaryOperator<String> names, UnaryOperator<byte[]> contents)
      throws IOException {
    try (JarFile jar = new JarFile(from.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = names.apply(entry.getName());
        if (!name.isEmpty()) {
          out.putNextEntry(new JarEntry(name));
          out.write(contents.apply(jar.getInputStream(entry).readAllBytes()));
        }
      }
    }
  }

  /**
   * Makes a jar of all that lies in a folder.
   *
   * @param manifest its main attributes
   */
  static void ofFolder(Path folder, Path to, Attributes manifest) throws IOException {
    Manifest all = new Manifest();
    all.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    all.getMainAttributes().putAll(manifest);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), all);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }
}
