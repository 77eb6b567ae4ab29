package io.stallguard.instrumentation.javahttpclient.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Lane;
import java.lang.ref.Reference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes();
  private final Object client = new Object();

  @Test
  void exchangesOfAClientWithOneOriginShareALane() {
    Lane lane = of("https://a.example/1?q");

    assertThat(of("https://a.example/2")).isSameAs(lane);
    assertThat(of("http://a.example/1")).isNotSameAs(lane);
    assertThat(of("https://a.example:8443/1")).isNotSameAs(lane);
    assertThat(lanes.of(new Object(), URI.create("https://a.example/1"))).isNotSameAs(lane);
  }

  @Test
  void aLaneLivesAsLongAsAnExchangeInIt() {
    List<Lane> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(of("https://held" + i + ".example/"));
    }
    for (int i = 0; i < 1500; i++) {
      Lane unused = of("https://host" + i + ".example/");
    }

    // Each look lets the collector have another try; the test's time limit is the only other one.
    while (lanes.size() > held.size()) {
      System.gc();
      Thread.onSpinWait();
    }

    assertThat(lanes.size()).isEqualTo(held.size());
    for (int i = 0; i < held.size(); i++) {
      assertThat(of("https://held" + i + ".example/")).isSameAs(held.get(i));
    }
    Reference.reachabilityFence(held);
  }

  private Lane of(String uri) {
    return lanes.of(client, URI.create(uri));
  }
}
