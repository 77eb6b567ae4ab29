package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Streams of blocking sockets whose bytes wait for the app: none of them is aborted for that, and
 * one whose server is silent is released all the same.
 */
class SocketLookIT {
  private static final String ALIVE = "events=24;period-ms=500";

  /** Leaves little of the limit, but enough for a server on a machine that is full. */
  private static final String SELDOM = "events=4;period-ms=2300";

  /** More than the 16 MiB that OkHttp has room for on a connection. */
  private static final String UNREAD = "burst-bytes=17500000";

  /** Four times the limit: whoever waits for this is not released by the limit alone. */
  private static final long LONG_BUSY_MILLIS = 12_000;

  /** Takes a client that is interpreted longer than the limit to decipher. */
  private static final String MUCH = "burst-bytes=4000000";

  private static final String SOME_UNREAD = "burst-bytes=1000000";
  private static final Protocol[] HTTP_1 = {Protocol.H1, Protocol.TLS_H1};
  private static final Protocol[] HTTP_2 = {Protocol.H2C, Protocol.TLS_H2};

  @TestFactory
  Stream<DynamicTest> looks() {
    List<Jdk> all = Jdks.find().all();
    Jdk newest = all.get(all.size() - 1);
    List<Path> latest = AllClients.classPath();
    List<DynamicTest> tests = new ArrayList<>();
    for (Jdk jdk : virtual(all, newest)) {
      tests.add(test("no carrier for virtual readers", jdk, () -> carrier(jdk, latest)));
    }
    for (Jdk jdk : List.of(Jdks.find().jdk(17), newest)) {
      tests.add(test("more busy threads than processors", jdk, () -> threads(jdk, latest)));
    }
    List<Path> floor = ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + SecondWayIT.FLOOR);
    Jdk jdk17 = Jdks.find().jdk(17);
    tests.add(
        test(
            "a used window of OkHttp 3",
            jdk17,
            () -> unread(jdk17, floor, HTTP_2, UNREAD, StreamPairs.BUSY_MILLIS)));
    // To decipher as much takes a client on a busy core longer than the sibling is busy.
    Protocol[] plain = {Protocol.H2C};
    tests.add(
        test("no used window of OkHttp 5", newest, () -> isSoon(newest, latest, plain, UNREAD)));
    tests.add(
        test("no used window of OkHttp 3", jdk17, () -> isSoon(jdk17, floor, HTTP_2, SOME_UNREAD)));
    tests.add(test("a reader that others' bytes outrun", newest, () -> outrun(newest, latest)));
    return SideBySide.allOf(tests);
  }

  /** The first release that has them, where it is here, and the newest. */
  private static List<Jdk> virtual(List<Jdk> all, Jdk newest) {
    return all.stream().filter(jdk -> jdk.feature() == 21 || jdk == newest).toList();
  }

  private static DynamicTest test(String name, Jdk jdk, Executable run) {
    return dynamicTest(name + ", JDK " + jdk.feature(), run);
  }

  private static void carrier(Jdk jdk, List<Path> classPath) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            start(
                command(jdk, classPath, server)
                    .jvmOptions("-Djdk.virtualThreadScheduler.parallelism=1"))) {
      everyClient(server, "virtual", ALIVE).runWhile(process, "virtual");
    }
  }

  private static void threads(Jdk jdk, List<Path> classPath) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(command(jdk, classPath, server))) {
      everyClient(server, "platform", SELDOM)
          .runWhile(process, "platform", () -> standBehindOthers(process.process().pid()));
    }
  }

  /**
   * From now on all that has to be done elsewhere comes before these threads and those that they
   * start, where the system can do that. Not from the start on: beside other work that would take
   * minutes.
   */
  private static void standBehindOthers(long pid) {
    Commands.works("sh", "-c", "renice -n 10 -p $(ls /proc/" + pid + "/task)");
  }

  private static StreamPairs everyClient(StallServer server, String kind, String alive) {
    StreamPairs streams = new StreamPairs(server, kind, alive);
    streams.add(StreamPairs.OKHTTP, Protocol.values());
    streams.add("HttpUrlConnectionProbe/stream", HTTP_1);
    streams.add("RawHttpProbe/layered", HTTP_1);
    streams.add("RawHttpProbe/stream", Protocol.TLS_H1);
    streams.add("ApacheHttpClient4Probe/blocking", HTTP_1);
    streams.add("ApacheHttpClient5Probe/blocking", HTTP_1);
    return streams;
  }

  /** What has used up a window has the silence begin anew; what has not holds off nothing. */
  private static StreamPairs unread(
      Jdk jdk, List<Path> classPath, Protocol[] protocols, String settings, long busyMillis) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(command(jdk, classPath, server))) {
      warmUp(process, server);
      StreamPairs streams = new StreamPairs(server, "platform", ALIVE);
      for (Protocol protocol : protocols) {
        streams.unread(StreamPairs.OKHTTP, protocol, settings, busyMillis);
        streams.add(StreamPairs.OKHTTP, protocol);
      }
      streams.run(process);
      return streams;
    }
  }

  private static void isSoon(Jdk jdk, List<Path> classPath, Protocol[] protocols, String settings) {
    assertThat(unread(jdk, classPath, protocols, settings, LONG_BUSY_MILLIS).silentMillis())
        .allSatisfy(millis -> assertThat(millis).isLessThan(LONG_BUSY_MILLIS));
  }

  /** A sibling's bytes come faster than they can be read, and those of the others behind them. */
  private static void outrun(Jdk jdk, List<Path> classPath) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(command(jdk, classPath, server).jvmOptions("-Xint"))) {
      warmUp(process, server);
      StreamPairs streams = new StreamPairs(server, "platform", ALIVE);
      streams.unread(StreamPairs.OKHTTP, Protocol.TLS_H2, MUCH, 0);
      streams.add(StreamPairs.OKHTTP, Protocol.TLS_H2);
      streams.run(process);
    }
  }

  /** Opens the connections that the others share. */
  private static void warmUp(ProbeProcess process, StallServer server) {
    for (Protocol protocol : HTTP_2) {
      String id = "warm-up-" + protocol;
      String form = "platform+" + StreamPairs.OKHTTP;
      JobLine job = JobLine.plain(server, id, form, protocol, "GET", "/echo");
      assertThat(process.run(job).ending()).isEqualTo("END");
    }
  }

  private static ProbeProcess start(JavaCommand command) {
    return ProbeProcess.start(command);
  }

  private static JavaCommand command(Jdk jdk, List<Path> classPath, StallServer server) {
    URI named = server.base(Protocol.TLS_H1.port());
    return ProbeProcess.command(jdk, "BusyReaderProbe", classPath, server)
        .agent(ProbeProcess.agent())
        .property("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms")
        .property("stallguard.sockets", named.getHost() + ":" + named.getPort());
  }
}
