package io.stallguard.testing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDKs of this machine, one for each feature version that the tests care for.
 *
 * <p>Where two have the same version, the first place wins: the running JVM, the property {@code
 * stallguard.jdks} or the variable {@code STALLGUARD_JDKS} (homes, or folders of homes, separated
 * like a path), variables such as {@code JAVA_HOME_8_X64}, then the folders that packages and tools
 * install to.
 */
public final class Jdks {

  /** Long-term releases, and the newest. */
  static final List<Integer> FEATURES = List.of(8, 11, 17, 21, 25, 26);

  private final SortedMap<Integer, Jdk> byFeature;

  private Jdks(SortedMap<Integer, Jdk> byFeature) {
    this.byFeature = byFeature;
  }

  /**
   * The JDKs found.
   *
   * @throws IllegalStateException if one of the versions in {@code stallguard.jdks.required} is
   *     missing
   */
  public static Jdks find() {
    JdkPlaces places = new JdkPlaces(System::getProperty, System.getenv(), Path.of("/usr/lib/jvm"));
    return find(places, System::getProperty);
  }

  static Jdks find(JdkPlaces places, Function<String, String> properties) {
    SortedMap<Integer, Jdk> found = new TreeMap<>();
    List<Path> homes = places.homes();
    homes.stream()
        .flatMap(home -> JdkRelease.jdk(home).stream())
        .filter(jdk -> FEATURES.contains(jdk.feature()))
        .forEach(jdk -> found.putIfAbsent(jdk.feature(), jdk));
    require(found, features(properties.apply("stallguard.jdks.required")), homes);
    return new Jdks(found);
  }

  /** In ascending order of their version. */
  public List<Jdk> all() {
    return List.copyOf(byFeature.values());
  }

  public boolean has(int feature) {
    return byFeature.containsKey(feature);
  }

  /**
   * @throws IllegalStateException if it was not found
   */
  public Jdk jdk(int feature) {
    Jdk jdk = byFeature.get(feature);
    if (jdk == null) {
      throw new IllegalStateException(
          "no JDK " + feature + " on this machine, only " + byFeature.keySet());
    }
    return jdk;
  }

  /** The JDK that runs this code, whatever its version. */
  public static Jdk running() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  private static void require(Map<Integer, Jdk> found, List<Integer> required, List<Path> looked) {
    List<Integer> missing =
        required.stream().filter(feature -> !found.containsKey(feature)).toList();
    if (!missing.isEmpty()) {
      String places = looked.stream().map(Path::toString).collect(Collectors.joining(", "));
      throw new IllegalStateException(
          "stallguard.jdks.required: no JDK "
              + missing
              + ", found "
              + found.keySet()
              + " in "
              + places);
    }
  }

  private static List<Integer> features(String list) {
    return Stream.ofNullable(list)
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::trim)
        .filter(text -> !text.isEmpty())
        .map(Jdks::feature)
        .toList();
  }

  private static Integer feature(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "stallguard.jdks.required: expected versions such as 8,11,17, got " + text, e);
    }
  }
}
