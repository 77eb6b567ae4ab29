package io.stallguard.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Puts packages below another one, in class files and in the texts within them, as tools do that
 * put a library into a jar of others.
 */
final class Renaming extends Remapper {
  private static final Path RENAMED = Path.of("target", "renamed").toAbsolutePath();
  private static final int CLASS_FILE = 0xCAFEBABE;

  /** Where a jar has classes for a release of Java. */
  private static final Pattern RELEASE = Pattern.compile("(META-INF/versions/\\d+/)?(.*)");

  private final String below;
  private final List<String> packages;

  /**
   * Says what is to be renamed.
   *
   * @param below with slashes, and one at the end
   * @param packages how internal names begin, with a slash at the end
   */
  Renaming(String below, String... packages) {
    super(OpenedClassReader.ASM_API);
    this.below = below;
    this.packages = List.of(packages);
  }

  /** Copies a class path; its folders become jars. */
  List<Path> of(String name, List<Path> classPath) {
    List<Path> renamed = new ArrayList<>();
    try {
      Path folder = Files.createDirectories(RENAMED.resolve(name));
      for (Path entry : classPath) {
        renamed.add(of(folder, entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return renamed;
  }

  private Path of(Path folder, Path entry) throws IOException {
    Path jar = entry;
    if (Files.isDirectory(entry)) {
      jar = folder.resolve("classes.jar");
      Jars.ofFolder(entry, jar, new Attributes());
    }
    String name = Files.isDirectory(entry) ? "uses.jar" : String.valueOf(jar.getFileName());
    Jars.copy(jar, folder.resolve(name), this::file, this::contents);
    return folder.resolve(name);
  }

  private String file(String name) {
    Matcher matcher = RELEASE.matcher(name);
    String release = matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
    return release + map(name.substring(release.length()));
  }

  private byte[] contents(byte[] bytes) {
    if (bytes.length < Integer.BYTES || ByteBuffer.wrap(bytes).getInt() != CLASS_FILE) {
      return bytes;
    }
    ClassWriter renamed = new ClassWriter(0);
    new ClassReader(bytes).accept(new ClassRemapper(renamed, this), 0);
    return renamed.toByteArray();
  }

  @Override
  public String map(String name) {
    return packages.stream().anyMatch(name::startsWith) ? below + name : name;
  }

  @Override
  public Object mapValue(Object value) {
    return value instanceof String text ? text(text) : super.mapValue(value);
  }

  private String text(String text) {
    String slashed = text.replace('.', '/');
    boolean isNamed = packages.stream().anyMatch(slashed::startsWith);
    return isNamed ? (text.indexOf('/') < 0 ? below.replace('/', '.') : below) + text : text;
  }
}
