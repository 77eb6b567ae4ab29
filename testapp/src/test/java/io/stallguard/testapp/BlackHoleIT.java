package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The network falls silent under streams that have events: packets vanish in both directions, or a
 * proxy loses its server and tells nobody. All readers are released at their limit, and nothing
 * that closes a connection hangs, though what it writes is never taken.
 *
 * <p>The black hole is made of two network namespaces, which take root and {@code ip}: elsewhere it
 * is left out and says so; in continuous integration it fails.
 */
@Isolated("Hundreds of streams at once make a machine busy, and are timed.")
class BlackHoleIT {
  /** Far more than what a stream takes that is asked for and reset. */
  private static final int FULL_BYTES = 4096;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TestFactory
  Stream<DynamicTest> releasesAtTheLimit() {
    return SideBySide.allOf(
        List.of(
            dynamicTest("packets vanish", BlackHoleIT::packetsVanish),
            dynamicTest("a proxy drops its upstream", BlackHoleIT::proxyDropsUpstream)));
  }

  /** Two JVMs in one network, so that the cable is cut for both at once. */
  private static void packetsVanish() {
    LeftOut.unless(TwoNetworks.possible(), "a black hole takes root, and ip of iproute2");
    try (TwoNetworks networks = TwoNetworks.open();
        ServerProcess server =
            ServerProcess.start(networks::asServer, "--host", TwoNetworks.SERVER);
        Fleet all = Fleet.start(server.trustStore(), networks::asClient);
        Fleet full = Fleet.start(server.trustStore(), networks::asClient)) {
      BlackHole hole = BlackHole.ofAll("hole", all, server::base);
      BlackHole fullHole = BlackHole.ofFullConnections("full-hole", full, server::base);
      hole.begin(false);
      fullHole.begin(true);
      server.await(hole.streams(), hole::isInFlight);
      server.await(fullHole.streams(), fullHole::isInFlight);

      networks.cut();
      long silentNanos = System.nanoTime();

      List<DynamicTest> both =
          SideBySide.allOf(
                  List.of(
                      dynamicTest("all", () -> hole.expectReleases(silentNanos)),
                      dynamicTest("full", () -> fullHole.expectReleases(silentNanos))))
              .toList();
      SideBySide.joined(both);
      assertThat(networks.holding(FULL_BYTES)).as("full connections").isGreaterThanOrEqualTo(8);
      // Not one of the closed connections could tell the server.
      assertThat(server.exchanges()).filteredOn(hole::isInFlight).allMatch(BlackHoleIT::isOpen);
    }
  }

  private static boolean isOpen(String exchange) {
    return exchange.endsWith(", open");
  }

  private static void proxyDropsUpstream() throws Exception {
    try (StallServer server = StallServer.start();
        DroppingProxy proxy = DroppingProxy.before(server);
        Fleet fleet = Fleet.start(server.trustStore(), command -> command)) {
      BlackHole hole = BlackHole.ofAll("proxy", fleet, proxy::base);
      hole.begin(false);
      server.awaitExchanges(hole.streams(), each -> hole.isInFlight(each.toString()), PATIENCE);

      proxy.dropUpstream();
      hole.expectReleases(System.nanoTime());

      server.awaitExchanges(
          hole.streams(), each -> hole.isInFlight(each.toString()) && each.ended(), PATIENCE);
      assertThat(server.exchanges()).allMatch(SeenExchange::ended);
    }
  }
}
