package io.stallguard.tooling;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out that an archive of classes was asked for and that the JVM runs without. */
final class LostArchive {
  // The JVM drops an archive that does not fit, with words of its own in some releases and in
  // silence in others. The kernel knows what it has mapped, and that is asked: no class of the
  // JDK's management is loaded for it. Where there is no /proc nothing is told.

  /** The variables from which the launcher and the JVM take options, beside the command line. */
  private static final List<String> VARIABLES =
      Arrays.asList("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final String AOT = "-XX:AOTCache=";
  private static final String SHARED = "-XX:SharedArchiveFile=";
  private static final String CREATE = "-XX:+AutoCreateSharedArchive";

  /** The options with which an archive is made, or none is wanted: then nobody misses one. */
  private static final List<String> OTHERWISE =
      Arrays.asList(
          "-XX:AOTMode=off",
          "-Xshare:off",
          "-XX:AOTCacheOutput=",
          "-XX:AOTMode=record",
          "-XX:AOTMode=create",
          "-XX:ArchiveClassesAtExit=",
          "-Xshare:dump");

  private final List<String> options;
  private final String mapped;

  /**
   * @param options the words of the command line
   * @param mapped the files that the JVM has mapped, as the kernel lists them
   */
  LostArchive(List<String> options, String mapped) {
    this.options = options;
    this.mapped = mapped;
  }

  /** A line about this JVM, or null if nothing is lost or nobody knows. */
  static @Nullable String ofThisJvm() {
    try {
      List<String> options = options(text("/proc/self/cmdline"), System.getenv());
      return isAsked(options) ? new LostArchive(options, text("/proc/self/maps")).line() : null;
    } catch (IOException | SecurityException e) {
      // Another system, or not ours to know.
      return null;
    }
  }

  /** The words of a command line, and of the variables that add some. */
  static List<String> options(String commandLine, Map<String, String> environment) {
    List<String> options = new ArrayList<>();
    for (String variable : VARIABLES) {
      String value = environment.get(variable);
      if (value != null) {
        options.addAll(Arrays.asList(value.trim().split("\\s+")));
      }
    }
    options.addAll(Arrays.asList(commandLine.split("\0")));
    return options;
  }

  /** Whether the JVM is to use an archive of the operator's, and makes none now. */
  static boolean isAsked(List<String> options) {
    boolean asked = false;
    for (String option : options) {
      for (String otherwise : OTHERWISE) {
        if (option.startsWith(otherwise)) {
          return false;
        }
      }
      asked |= option.startsWith(AOT) || option.startsWith(SHARED);
    }
    return asked;
  }

  /** The line: what is lost and which flag mends it, or null if nothing is. */
  @Nullable String line() throws IOException {
    String cache = last(AOT);
    if (cache != null) {
      return line(
          "AOT cache",
          cache,
          "train it with --add-modules=java.instrument, as an agent needs that module; if it was,"
              + " -XX:AOTMode=on tells what else does not fit");
    }
    String archive = last(SHARED);
    boolean created = options.contains(CREATE);
    return archive == null
        ? null
        : line(
            "shared archive",
            archive,
            created
                ? "the JVM writes none while it has an agent: make it without, by -XX:ArchiveClassesAtExit"
                : "-Xshare:on tells why");
  }

  private @Nullable String line(String kind, String files, String flag) throws IOException {
    for (String file : files.split(File.pathSeparator)) {
      if (!isMapped(file)) {
        return "the "
            + kind
            + " "
            + file
            + " is not used by this JVM: "
            + (new File(file).exists() ? flag : "there is no such file")
            + "; see src/docs/caches.md";
      }
    }
    return null;
  }

  private boolean isMapped(String file) throws IOException {
    return mapped.contains(" " + new File(file).getCanonicalPath() + "\n");
  }

  /** The value of the last option that begins so, as the JVM goes by the last of several. */
  private @Nullable String last(String begin) {
    String value = null;
    for (String option : options) {
      value = option.startsWith(begin) ? option.substring(begin.length()) : value;
    }
    return value;
  }

  private static String text(String file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      return new String(Bytes.all(in), Charset.defaultCharset());
    }
  }
}
