package io.stallguard.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** Copies of the built jar as a bad download or a clumsy repackaging leaves them. */
final class BrokenJar {
  private BrokenJar() {}

  /** A copy without the entries whose names begin so. */
  static Path without(Path folder, String prefix) throws IOException {
    return copy(folder, prefix, false);
  }

  /** A copy in which these entries have other bytes. */
  static Path damaged(Path folder, String prefix) throws IOException {
    return copy(folder, prefix, true);
  }

  private static Path copy(Path folder, String prefix, boolean keep) throws IOException {
    Path copy = folder.resolve("broken.jar");
    try (JarFile jar = new JarFile(BuiltJar.PATH.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        boolean broken = entry.getName().startsWith(prefix);
        if (!broken || keep) {
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(broken ? new byte[] {'x'} : jar.getInputStream(entry).readAllBytes());
        }
      }
    }
    return copy;
  }
}
