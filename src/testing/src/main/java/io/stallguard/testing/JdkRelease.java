package io.stallguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the version of a Java home from its {@code release} file, without starting it. */
final class JdkRelease {

  /** {@code JAVA_VERSION="1.8.0_392"}, {@code "17.0.15"} or {@code "26-ea"}. */
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  private JdkRelease() {}

  /** Empty for a folder that is no Java home or has no launcher. */
  static Optional<Jdk> jdk(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(Jdk.launcher(home)) || !Files.isRegularFile(release)) {
      return Optional.empty();
    }
    return feature(release).map(feature -> new Jdk(feature, home));
  }

  private static Optional<Integer> feature(Path release) {
    try {
      Matcher matcher = VERSION.matcher(Files.readString(release));
      return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + release, e);
    }
  }
}
