package io.stallguard.agent;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What the jar hides, under {@code inst/}: read from the file, or from memory where it was kept.
 * Any thread.
 */
final class HiddenFiles implements Function<Runnable, Predicate<String>>, Predicate<String> {
  // A jar may be overwritten in place while the app runs. Later JDKs then read bytes of another
  // file where they remember those of this one: hence the checksum after each read. JDK 8 has the
  // jar's directory mapped into memory, and the JVM dies of a look-up in what has been cut off:
  // hence the look at the file's length before. What was kept is found without either.

  private static final String FOLDER = "inst/";

  private final OpenFile file;
  private final JarFile jar;
  private final HiddenUrls urls;
  private final Predicate<String> unneeded;
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  /**
   * Opens the jar.
   *
   * @param unneeded whether a file is not read again, by its name
   * @throws IOException if it cannot be read
   */
  HiddenFiles(File jar, Predicate<String> unneeded) throws IOException {
    this.file = new OpenFile(jar);
    this.jar = new JarFile(jar, false);
    this.urls = new HiddenUrls(this);
    this.unneeded = unneeded;
  }

  /**
   * Takes what is run, once, by any thread, when the jar turns out to have changed.
   *
   * @return this, as the agent's own classes see it: {@link #test}
   */
  @Override
  public Predicate<String> apply(Runnable told) {
    file.listen(told);
    return this;
  }

  /**
   * Keeps in memory what is needed of the jar and not there yet.
   *
   * @param beginnings of the names, separated by spaces; empty only to look at the jar
   * @return false if the jar has changed, and not all could be read
   */
  @Override
  public boolean test(String beginnings) {
    if (beginnings.isEmpty()) {
      return !file.looksChanged();
    }
    try {
      keep(beginnings);
      return true;
    } catch (IOException e) {
      // Told by whoever listens.
      return false;
    }
  }

  boolean has(String name) {
    try {
      return kept.containsKey(name) || entry(name) != null;
    } catch (IOException e) {
      // What cannot be read is not there.
      return false;
    }
  }

  /**
   * Opens a file.
   *
   * @return null if it is not there or cannot be read
   */
  @Nullable InputStream open(String name) {
    try {
      byte[] bytes = bytes(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      // The contract of a class loader: what cannot be read is not there.
      return null;
    }
  }

  HiddenUrls urls() {
    return urls;
  }

  /** The bytes of a file, not to be changed; null if it is not there. */
  byte @Nullable [] bytes(String name) throws IOException {
    byte[] known = kept.get(name);
    if (known == null) {
      JarEntry entry = entry(name);
      return entry == null ? null : read(entry);
    }
    // A change is told, though memory has what is wanted.
    file.lookAtLength();
    return known;
  }

  private @Nullable JarEntry entry(String name) throws IOException {
    requireUnchanged();
    return jar.getJarEntry(FOLDER + name);
  }

  private void requireUnchanged() throws IOException {
    if (file.isChanged()) {
      throw new IOException("the agent's jar has changed");
    }
  }

  private byte[] read(JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = allBytes(in, (int) entry.getSize());
      if (checksum(bytes) != entry.getCrc()) {
        throw new IOException("other bytes than there were: " + entry.getName());
      }
      return bytes;
    } catch (IOException | RuntimeException | InternalError e) {
      // Of the last kind is what JDK 8 has for a jar in disorder.
      file.changed();
      throw new IOException(entry.getName(), e);
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, bytes.length);
    return checksum.getValue();
  }

  /**
   * Reads a stream into one array, as hundreds of classes are read while an app waits for its first
   * answer.
   */
  private static byte[] allBytes(InputStream in, int size) throws IOException {
    byte[] bytes = new byte[Math.max(0, size)];
    int length = 0;
    while (length < size) {
      int count = in.read(bytes, length, size - length);
      if (count < 0) {
        throw new EOFException("the jar says " + size + " bytes and has " + length);
      }
      length += count;
    }
    return bytes;
  }

  private void keep(String beginnings) throws IOException {
    String[] wanted = beginnings.split(" ");
    requireUnchanged();
    file.remember();
    urls.prepare();
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      String name = entry.getName();
      if (!entry.isDirectory() && name.startsWith(FOLDER)) {
        keep(name.substring(FOLDER.length()), entry, wanted);
      }
    }
  }

  private void keep(String name, JarEntry entry, String[] wanted) throws IOException {
    for (String beginning : wanted) {
      if (name.startsWith(beginning) && !kept.containsKey(name) && !unneeded.test(name)) {
        requireUnchanged();
        kept.put(name, read(entry));
      }
    }
  }

  /** Forgets a file that nobody reads any more. */
  void drop(String name) {
    kept.remove(name);
  }
}
