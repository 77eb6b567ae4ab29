package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.junit.jupiter.api.Test;

class SocketMapTest {
  private static final int MOST_COLLECTIONS = 100;

  private final SocketMap<String> map = new SocketMap<>();

  @Test
  void keepsOneValueASocket() {
    Socket socket = new Socket();

    assertThat(map.computeIfAbsent(socket, made -> "first")).isEqualTo("first");
    assertThat(map.computeIfAbsent(socket, made -> "second")).isEqualTo("first");
  }

  @Test
  void tellsEqualSocketsApart() {
    map.computeIfAbsent(new SameSocket(), made -> "first");

    assertThat(map.computeIfAbsent(new SameSocket(), made -> "second")).isEqualTo("second");
  }

  @Test
  void forgetsASocketThatIsGone() {
    for (int i = 0; i < 100; i++) {
      map.computeIfAbsent(new Socket(), made -> "value");
    }

    for (int i = 0; i < MOST_COLLECTIONS && map.size() > 0; i++) {
      System.gc();
    }

    assertThat(map.size()).isZero();
  }

  /** A socket that is equal to all of its kind. */
  private static final class SameSocket extends Socket {
    @Override
    public boolean equals(Object other) {
      return other instanceof SameSocket;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
