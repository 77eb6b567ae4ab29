package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

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
}
