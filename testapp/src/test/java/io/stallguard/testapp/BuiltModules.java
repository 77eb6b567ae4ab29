package io.stallguard.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The instrumentation modules that the built jar has: what they guard is tested, nothing else. */
final class BuiltModules {
  private static final Set<String> NAMES = read();

  private BuiltModules() {}

  static boolean has(String module) {
    return NAMES.contains(module);
  }

  private static Set<String> read() {
    try (JarFile jar = new JarFile(ProbeProcess.agent().toFile())) {
      byte[] lines = jar.getInputStream(jar.getEntry("inst/instrumentations.txt")).readAllBytes();
      return new String(lines, UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .map(line -> line.split(" ")[0])
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
