package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * JVMs whose first act is a stream that stalls: it is guarded, whatever was there before main. A
 * few of them here; {@code scripts/starts} makes a thousand.
 */
class StartsIT {
  private static final List<String> JDK_CLIENTS = List.of("java-http-client", "okhttp");
  private static final int FIRST_WITH_AOT = 25;

  private static StartPlace place;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    place = new StartPlace(Files.createDirectory(folder.resolve("starts")));
  }

  @AfterAll
  static void stop() {
    place.close();
  }

  @TestFactory
  Stream<DynamicTest> guardsTheFirstStream() throws IOException {
    String results = System.getProperty("starts.results");
    return results == null ? few() : all(Path.of(results), Integer.getInteger("starts.count"));
  }

  private static Stream<DynamicTest> few() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Jdk jdk : Jdks.find().all()) {
      if (jdk.feature() >= FIRST_WITH_AOT) {
        addFew(tests, StartKind.PLAIN, jdk, List.of("java-http-client"));
        addFew(tests, StartKind.AOT_WITHOUT_US, jdk, JDK_CLIENTS);
        addFew(tests, StartKind.AOT_WITH_US, jdk, List.of("okhttp"));
      }
    }
    addFew(tests, StartKind.APP_CDS, Jdks.find().jdk(17), List.of("url-connection"));
    addFew(tests, StartKind.OTHER_AGENT, Jdks.find().all().get(0), List.of("apache-5"));
    addFew(tests, StartKind.OTHER_AGENT, Jdks.find().jdk(17), List.of("reactor-netty"));
    if (Jdks.find().has(FIRST_WITH_AOT)) {
      tests.add(dynamicTest("lost AOT cache", StartsIT::tellsOfALostCache));
    }
    return SideBySide.of(tests);
  }

  private static void addFew(
      List<DynamicTest> tests, StartKind kind, Jdk jdk, List<String> clients) {
    for (String name : clients) {
      StartClient client = StartClient.named(name);
      tests.add(
          dynamicTest(
              kind + " " + name + " on JDK " + jdk.feature(),
              () -> place.start(kind, client, jdk)));
    }
  }

  private static void tellsOfALostCache() {
    assertThat(place.lineOfLostCache(Jdks.find().jdk(FIRST_WITH_AOT)))
        .contains("the AOT cache ", "lost.archive", "--add-modules=java.instrument");
  }

  /** Each combination that has no result yet, as often as it takes for so many starts. */
  private static Stream<DynamicTest> all(Path results, int count) throws IOException {
    Files.createDirectories(results);
    List<StartSeries> series =
        Jdks.find().all().stream()
            .flatMap(jdk -> Stream.of(StartKind.values()).flatMap(kind -> series(kind, jdk)))
            .toList();
    int each = (count + series.size() - 1) / series.size();
    return SideBySide.of(
        series.stream()
            .filter(one -> !Files.exists(one.file(results)))
            .map(one -> dynamicTest(one.name(), () -> one.run(place, each, results)))
            .toList());
  }

  private static Stream<StartSeries> series(StartKind kind, Jdk jdk) {
    return StartClient.ALL.stream()
        .filter(client -> kind.isOn(jdk) && client.isOn(jdk))
        .map(client -> new StartSeries(kind, client, jdk));
  }
}
