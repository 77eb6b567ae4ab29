package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testapp.QuietItems.Item;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What is silent for thirty times the limit and is no guarded stream, all of it side by side in one
 * JVM, where one stream that stalls is released. The same without the agent is the measure.
 */
@Timeout(600)
class QuietIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String STALLED = "stream stalled, aborted";
  private static final String RELEASED = "StallTimeoutException: idle limit of 2 s exceeded";

  private static final Semaphore STARTING = new Semaphore(2);

  /** How the JVM is run. */
  private enum Mode {
    WITHOUT_AGENT,
    GUARDED,
    /** Every HTTP answer is guarded: what is no answer to a client is left alone still. */
    ALL_MEDIA_TYPES
  }

  @TestFactory
  Stream<DynamicTest> leavesEverythingElseAlone() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Jdk jdk : jdks()) {
      for (Mode mode : Mode.values()) {
        tests.add(dynamicTest("JDK " + jdk.feature() + " " + mode, () -> leavesAlone(jdk, mode)));
      }
    }
    return SideBySide.allOf(tests);
  }

  private static Set<Jdk> jdks() {
    List<Jdk> all = Jdks.find().all();
    return new LinkedHashSet<>(List.of(Jdks.find().jdk(17), all.get(all.size() - 1)));
  }

  private static void leavesAlone(Jdk jdk, Mode mode) throws IOException {
    try (StallServer server = StallServer.start();
        QuietRun run = new QuietRun(jdk, server)) {
      QuietItems items = new QuietItems(server);
      startInTurn(run, settings(mode), items);
      List<Item> untouched = new ArrayList<>(items.waiting());
      List<Item> slowAnswers = items.slowAnswers();
      (mode == Mode.ALL_MEDIA_TYPES ? new ArrayList<Item>() : untouched).addAll(slowAnswers);

      run.begin(items.control());
      slowAnswers.forEach(item -> run.begin(item.job()));
      run.all(untouched);
      run.all(items.pooled("after"));
      List<JobLine> released = released(mode, items);
      released.forEach(run::await);
      run.writeTo("JDK-" + jdk.feature() + "-" + mode);

      assertThat(run.brokenItems()).isEmpty();
      pooledConnectionsAreTheSame(mode, server, items);
      assertThat(released)
          .allSatisfy(
              job -> assertThat(run.outcome(job).ending()).contains("limit of 2 s exceeded"));
      reports(mode, run, released);
    }
  }

  /** What waits costs nothing, what starts does: all at once, it could look like silence. */
  private static void startInTurn(QuietRun run, List<String> settings, QuietItems items) {
    STARTING.acquireUninterruptibly();
    try {
      run.start(settings);
      run.all(items.pooled("before"));
    } finally {
      STARTING.release();
    }
  }

  private static List<String> settings(Mode mode) {
    return switch (mode) {
      case WITHOUT_AGENT -> List.of();
      case GUARDED -> List.of("idle=2s");
      case ALL_MEDIA_TYPES -> List.of("idle=2s", "content-types=*");
    };
  }

  /** The controls: without them, an agent that does nothing would do. */
  private static List<JobLine> released(Mode mode, QuietItems items) {
    List<JobLine> released = new ArrayList<>();
    if (mode != Mode.WITHOUT_AGENT) {
      released.add(items.control());
    }
    if (mode == Mode.ALL_MEDIA_TYPES) {
      items.slowAnswers().forEach(item -> released.add(item.job()));
    }
    return released;
  }

  private static void pooledConnectionsAreTheSame(Mode mode, StallServer server, QuietItems items) {
    List<Item> before = items.pooled("before");
    List<Item> after = items.pooled("after");
    for (int i = 0; i < before.size(); i++) {
      if (mode == Mode.ALL_MEDIA_TYPES && after.get(i).id().contains("-h2-")) {
        // A slow answer was released there, and nothing else came: no new request goes that way.
        continue;
      }
      assertThat(connection(server, after.get(i)))
          .as("the connection of %s", after.get(i).id())
          .isEqualTo(connection(server, before.get(i)));
    }
  }

  /**
   * Expects a report for each control, a line at the start and one at the end, and nothing else.
   */
  private static void reports(Mode mode, QuietRun run, List<JobLine> released) {
    if (mode == Mode.WITHOUT_AGENT) {
      assertThat(run.ended(new QuietItems(run.server()).control())).isFalse();
      assertThat(run.end()).noneMatch(line -> line.contains("stallguard"));
      return;
    }
    run.process().awaitErr(" reader released ", released.size());
    List<String> err = run.end();
    assertThat(err)
        .filteredOn(line -> line.startsWith("[stallguard] ") && !line.startsWith("[stallguard]   "))
        .filteredOn(line -> !line.contains(" coverage: "))
        .hasSize(1 + released.size())
        .allMatch(line -> line.contains(STALLED) || line.startsWith("[stallguard] stallguard "));
    assertThat(err).filteredOn(line -> line.contains(" coverage: ")).hasSize(1);
    assertThat(err).noneMatch(line -> line.contains("internal error"));
    assertThat(run.outcome(new QuietItems(run.server()).control()).ending()).contains(RELEASED);
  }

  private static int connection(StallServer server, Item item) {
    SeenExchange exchange =
        server.awaitExchange(each -> each.path().contains("run=" + item.id() + "/"), PATIENCE);
    return exchange.connection();
  }
}
