package io.stallguard.agent;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** The jar as it is shipped; exists after {@code package}. */
final class BuiltJar implements AutoCloseable {
  static final Path PATH = Path.of("target", "stallguard.jar").toAbsolutePath();

  private static final int MAGIC = 0xCAFEBABE;

  private final JarFile jar;

  BuiltJar() throws IOException {
    this.jar = new JarFile(PATH.toFile());
  }

  static long bytes() throws IOException {
    return Files.size(PATH);
  }

  Manifest manifest() throws IOException {
    return jar.getManifest();
  }

  /** The names of all entries but folders. */
  List<String> files() {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
  }

  List<String> filesUnder(String folder) {
    return files().stream().filter(name -> name.startsWith(folder)).toList();
  }

  /** The classes in sight and the hidden ones. */
  List<String> classes() {
    return files().stream()
        .filter(name -> name.endsWith(".class") || name.endsWith(".classdata"))
        .toList();
  }

  byte[] content(String name) {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  String text(String name) {
    return new String(content(name), StandardCharsets.UTF_8);
  }

  /** The class file version of a class, 52 for Java 8. */
  int version(String name) {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
      if (in.readInt() != MAGIC) {
        throw new AssertionError("not a class file: " + name);
      }
      in.readUnsignedShort();
      return in.readUnsignedShort();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
