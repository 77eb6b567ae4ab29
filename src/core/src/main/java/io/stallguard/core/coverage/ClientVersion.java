package io.stallguard.core.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out which version of a client is there. */
final class ClientVersion {
  // By the name of its jar, which is most often what the repository calls it; a jar that holds
  // many has Maven's own note of what it was made of. A manifest is that of the app there, and its
  // version would be a lie. Beside a copy whose packages were renamed there may be one under its
  // own name, which is found first: so of that copy only the note of its own jar counts.

  private final List<String> artifacts;
  private final @Nullable ClassLoader loader;
  private final boolean renamed;

  ClientVersion(List<String> artifacts, @Nullable ClassLoader loader, boolean renamed) {
    this.artifacts = artifacts;
    this.loader = loader;
    this.renamed = renamed;
  }

  /**
   * The version, empty if it cannot be told.
   *
   * @param place where the client came from; empty if the boot loader has it
   */
  String of(String place) {
    String file = file(place);
    for (String artifact : artifacts) {
      String found = byFile(file, artifact.substring(artifact.indexOf(':') + 1));
      if (found.isEmpty()) {
        found = byNote(place, "META-INF/maven/" + artifact.replace(':', '/') + "/pom.properties");
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  /**
   * The JDK's version; null if the client does not come with it, but from a repository, wherever
   * somebody has put it: on the boot class path, or into an image of the JDK.
   */
  static @Nullable String ofJdk(List<String> artifacts) {
    return artifacts.isEmpty() ? System.getProperty("java.version", "") : null;
  }

  private static String file(String place) {
    String path = place.endsWith("!/") ? place.substring(0, place.length() - 2) : place;
    path = path.endsWith(".jar") ? path.substring(0, path.length() - ".jar".length()) : path;
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The version by the name of a jar. Some put the group in front; Kotlin and Scala a platform
   * behind the name.
   */
  private static String byFile(String file, String artifact) {
    Matcher matcher =
        Pattern.compile("(?:.*\\.)?" + Pattern.quote(artifact) + "(?:-jvm|_[.\\d]+)?-(\\d[-.\\w]*)")
            .matcher(file);
    return matcher.matches() ? String.valueOf(matcher.group(1)) : "";
  }

  private String byNote(String place, String name) {
    try (InputStream in = note(loader == null ? new OfBoot() : loader, place, name)) {
      Properties note = new Properties();
      if (in != null) {
        note.load(in);
      }
      String version = note.getProperty("version", "");
      return version.matches("[-.\\w]{1,64}") ? version : "";
    } catch (IOException | RuntimeException | LinkageError e) {
      // The app's loader, its jar gone or not for us to read: then nobody knows.
      return "";
    }
  }

  private @Nullable InputStream note(ClassLoader from, String place, String name)
      throws IOException {
    if (!renamed) {
      return from.getResourceAsStream(name);
    }
    for (Enumeration<URL> notes = from.getResources(name); notes.hasMoreElements(); ) {
      URL note = notes.nextElement();
      if (!place.isEmpty() && note.toString().contains(place)) {
        URLConnection opened = note.openConnection();
        // A jar that is kept open could not be replaced.
        opened.setUseCaches(false);
        return opened.getInputStream();
      }
    }
    return null;
  }

  /** Finds what the boot loader has, and nothing else: the app may have another version. */
  private static final class OfBoot extends ClassLoader {
    OfBoot() {
      super(null);
    }
  }
}
