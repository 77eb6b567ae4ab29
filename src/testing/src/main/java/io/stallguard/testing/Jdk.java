package io.stallguard.testing;

import java.nio.file.Path;

/**
 * A JDK on this machine.
 *
 * @param feature feature version, 8 for 1.8
 */
public record Jdk(int feature, Path home) {

  /** The launcher of this JDK. */
  public Path java() {
    return launcher(home);
  }

  static Path launcher(Path home) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return home.resolve("bin").resolve(windows ? "java.exe" : "java");
  }
}
