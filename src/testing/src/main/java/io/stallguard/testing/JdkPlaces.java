package io.stallguard.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a machine may have JDKs; strongest place first. */
final class JdkPlaces {

  private static final Predicate<String> HOME_VARIABLE =
      Pattern.compile("JAVA_HOME(_\\d+(_\\w+)?)?|JDK_?\\d+").asMatchPredicate();

  private final Function<String, String> properties;
  private final Map<String, String> environment;
  private final Path packages;

  /**
   * @param packages folder into which the system's packages put their JDKs
   */
  JdkPlaces(Function<String, String> properties, Map<String, String> environment, Path packages) {
    this.properties = properties;
    this.environment = environment;
    this.packages = packages;
  }

  /** Folders that may be Java homes, each once. */
  List<Path> homes() {
    return Stream.of(running(), named(), variables(), installed())
        .flatMap(each -> each)
        .distinct()
        .toList();
  }

  private Stream<Path> running() {
    return Stream.ofNullable(properties.apply("java.home")).map(Path::of);
  }

  private Stream<Path> named() {
    return Stream.of(properties.apply("stallguard.jdks"), environment.get("STALLGUARD_JDKS"))
        .filter(list -> list != null && !list.isBlank())
        .flatMap(list -> Stream.of(list.split(File.pathSeparator)))
        .map(Path::of)
        .flatMap(path -> Stream.concat(Stream.of(path), children(path)));
  }

  private Stream<Path> variables() {
    return environment.entrySet().stream()
        .filter(entry -> HOME_VARIABLE.test(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> Path.of(entry.getValue()));
  }

  private Stream<Path> installed() {
    Stream<Path> user =
        Stream.ofNullable(properties.apply("user.home"))
            .map(Path::of)
            .flatMap(
                home -> Stream.of(home.resolve(".sdkman/candidates/java"), home.resolve(".jdks")));
    return Stream.concat(Stream.of(packages), user).flatMap(JdkPlaces::children);
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
