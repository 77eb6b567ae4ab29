package io.stallguard.testapp;

import static io.stallguard.testapp.Transport.JAVA_HTTP_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testapp.SdkClient.Trait;
import io.stallguard.testapp.SdkClient.Way;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Real SDKs and wrappers, each with its own defaults: without the agent, and with it. What was
 * measured is written down as a table, whatever becomes of the assertions.
 */
@Timeout(900)
class SdkMatrixIT {
  /** More than the cores of a small machine: most of the time is waiting. */
  private static final int AT_ONCE = 4;

  static final int MAIN_JDK = 17;

  /** Above the limit: room for a busy machine. */
  private static final long LATE_MILLIS = 20_000;

  private static final List<SdkRun> RUNS = new ArrayList<>();
  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    SdkTable.write(RUNS.stream().filter(run -> run.jdk().feature() == MAIN_JDK).toList());
  }

  @TestFactory
  Stream<DynamicContainer> releasesWhatTheClientAloneWouldWaitFor() {
    return begin(SdkClients.all(), Jdks.find().jdk(MAIN_JDK));
  }

  /** The client that a JDK brings is another one with each JDK. */
  @TestFactory
  Stream<DynamicContainer> releasesOnTheNewestJdkToo() {
    List<Jdk> jdks = Jdks.find().all();
    Jdk newest = jdks.get(jdks.size() - 1);
    assumeTrue(newest.feature() != MAIN_JDK, "no JDK is newer here");
    return begin(
        SdkClients.all().stream().filter(client -> client.uses(JAVA_HTTP_CLIENT)).toList(), newest);
  }

  /** All runs are begun before the tests of the first are asked for. */
  private static Stream<DynamicContainer> begin(List<SdkClient> clients, Jdk jdk) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<SdkRun>> runs =
        clients.stream()
            .map(client -> threads.submit(() -> SdkRun.of(client, server, jdk)))
            .toList();
    threads.shutdown();
    return IntStream.range(0, clients.size())
        .mapToObj(
            i ->
                dynamicContainer(
                    clients.get(i).name() + " on JDK " + jdk.feature(),
                    Stream.of(runs.get(i)).flatMap(SdkMatrixIT::tests)));
  }

  /** Evaluated when the container is run: the failure of one client is not that of the others. */
  private static Stream<DynamicTest> tests(Future<SdkRun> future) {
    SdkRun run;
    try {
      run = future.get();
    } catch (ExecutionException | InterruptedException e) {
      return Stream.of(dynamicTest("runs", () -> fail(e)));
    }
    RUNS.add(run);
    List<DynamicTest> tests = new ArrayList<>();
    run.client().ways().forEach(way -> addTests(tests, run, way));
    tests.add(dynamicTest("no internal error", () -> noInternalError(run)));
    return tests.stream();
  }

  private static void addTests(List<DynamicTest> tests, SdkRun run, Way way) {
    tests.add(dynamicTest(way.form() + " ok is untouched", () -> untouched(run, way)));
    if (way.transport().guarded()) {
      String name = way.form() + " stall-mid over TLS is released";
      tests.add(dynamicTest(name, () -> releasedOverTls(run, way)));
    }
    for (Scenario scenario : SdkRun.SILENT) {
      String name = way.form() + " " + scenario.pathName();
      if (!way.transport().guarded()) {
        tests.add(dynamicTest(name + " is as it was", () -> asItWas(run, way, scenario)));
      } else if (scenario == Scenario.PING_ONLY && way.is(Trait.FAILS_ON_HEARTBEATS)) {
        tests.add(dynamicTest(name + " fails as it did", () -> failsAsItDid(run, way)));
      } else if (scenario == Scenario.DONE_NO_CLOSE) {
        tests.add(dynamicTest(name + " ends", () -> ended(run, way)));
      } else {
        tests.add(dynamicTest(name + " is released", () -> released(run, way, scenario)));
      }
    }
    for (Scenario scenario : SdkRun.BROKEN) {
      String name = way.form() + " " + scenario.pathName() + " never looks whole";
      tests.add(dynamicTest(name, () -> neverWhole(run, way, scenario)));
    }
  }

  private static void neverWhole(SdkRun run, Way way, Scenario scenario) {
    run.with(way, scenario).ifPresent(with -> noHalfAnswer(run.client(), way, scenario, with));
    if (scenario == Scenario.TRUNCATED_CUT && !way.is(Trait.ENDS_WHEN_CUT)) {
      assertThat(run.without(way, scenario).map(Outcome::ended))
          .as("whether the SDK takes it for an end by itself")
          .contains(false);
    }
  }

  /**
   * An answer that ends normally is a whole one, but for what an SDK does without the agent too.
   */
  static void noHalfAnswer(SdkClient client, Way way, Scenario scenario, Outcome outcome) {
    boolean own =
        switch (scenario) {
          case TRUNCATED_CUT -> way.is(Trait.ENDS_WHEN_CUT);
          case ERROR_NO_CLOSE -> client.handsOutErrors();
          default -> false;
        };
    if (outcome.ended() && !own) {
      assertThat(outcome.bytes())
          .as("%s %s ended normally", way.form(), scenario)
          .isEqualTo(client.delivered(way, Scenario.OK));
    }
  }

  private static void untouched(SdkRun run, Way way) {
    Outcome without = run.without(way, Scenario.OK).orElseThrow();
    Outcome with = run.with(way, Scenario.OK).orElseThrow();

    assertThat(without.ending()).isEqualTo("END");
    assertThat(without.bytes()).isEqualTo(run.client().delivered(way, Scenario.OK));
    assertThat(with.ending()).isEqualTo("END");
    assertThat(with.sha256()).isEqualTo(without.sha256());
    assertThat(run.exchanges(way, Scenario.OK)).hasSize(1);
  }

  private static void failsAsItDid(SdkRun run, Way way) {
    String without = run.without(way, Scenario.PING_ONLY).orElseThrow().ending();

    assertThat(without).isNotEqualTo("END");
    assertThat(run.with(way, Scenario.PING_ONLY).orElseThrow().ending()).isEqualTo(without);
  }

  private static void asItWas(SdkRun run, Way way, Scenario scenario) {
    assertThat(run.with(way, scenario).map(Outcome::ending))
        .isEqualTo(run.without(way, scenario).map(Outcome::ending));
  }

  private static void released(SdkRun run, Way way, Scenario scenario) {
    Outcome with = run.with(way, scenario).orElseThrow();

    assertThat(run.without(way, scenario)).as("without the agent it waits").isEmpty();
    if (scenario == Scenario.STALL_FIRST_BYTE && way.is(Trait.REPEATS_WHAT_DELIVERED_NOTHING)) {
      assertThat(run.exchanges(way, scenario)).hasSizeGreaterThan(1);
    } else {
      assertThat(run.exchanges(way, scenario)).hasSize(1);
    }
    assertThat(with.bytes())
        .isGreaterThanOrEqualTo(run.client().deliveredBeforeFailure(way, scenario));
    if (scenario != Scenario.PING_ONLY) {
      assertThat(with.bytes()).isEqualTo(run.client().deliveredBeforeFailure(way, scenario));
      assertThat(with.silentMillis()).isLessThan(LATE_MILLIS);
      assertThat(run.silentNanos(way, scenario))
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(SdkRun.IDLE_MILLIS));
    }
    seen(way, scenario, with);
  }

  private static void releasedOverTls(SdkRun run, Way way) {
    Outcome with = run.withOverTls(way).orElseThrow();

    assertThat(run.exchangesOverTls(way)).hasSize(1);
    assertThat(with.bytes())
        .isEqualTo(run.client().deliveredBeforeFailure(way, Scenario.STALL_MID));
    seen(way, Scenario.STALL_MID, with);
  }

  /** What the app sees of a stall, as far as all SDKs have it in common. */
  static void seen(Way way, Scenario scenario, Outcome outcome) {
    boolean first = scenario == Scenario.STALL_FIRST_BYTE;
    assertThat(outcome.ending())
        .contains(type(way, scenario) + message(scenario))
        .contains(first ? "nothing delivered: safe to retry" : "partial content delivered");
  }

  /** Netty has an exception of its own, which takes no cause. */
  private static String type(Way way, Scenario scenario) {
    if (way.transport() != Transport.NETTY) {
      return "io.stallguard.core.StallTimeoutException: ";
    }
    if (!way.is(Trait.REPEATS_WHAT_DELIVERED_NOTHING)) {
      return "io.netty.handler.timeout.ReadTimeoutException: ";
    }
    return scenario == Scenario.STALL_FIRST_BYTE
        ? "io.stallguard.core.StallTimeoutException: "
        : "io.stallguard.instrumentation.netty.helpers.PartialAnswer: ";
  }

  private static String message(Scenario scenario) {
    return switch (scenario) {
      case STALL_FIRST_BYTE -> "first-byte limit of 2.5 s exceeded: ";
      case PING_ONLY -> "event-idle limit of 4 s exceeded: ";
      default -> "idle limit of 2.5 s exceeded: ";
    };
  }

  private static void ended(SdkRun run, Way way) {
    Outcome with = run.with(way, Scenario.DONE_NO_CLOSE).orElseThrow();
    Optional<Outcome> without = run.without(way, Scenario.DONE_NO_CLOSE);

    assertThat(with.bytes()).isEqualTo(run.client().delivered(way, Scenario.DONE_NO_CLOSE));
    assertThat(run.exchanges(way, Scenario.DONE_NO_CLOSE)).hasSize(1);
    assertThat(with.ending()).isEqualTo("END");
    without.ifPresent(alone -> assertThat(alone.ending()).isEqualTo("END"));
  }

  private static void noInternalError(SdkRun run) {
    assertThat(run.err()).noneMatch(line -> line.contains("internal error"));
  }
}
