package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.Answers;
import io.stallguard.core.wire.Look;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

/** When a look at a connection is answered, by the passes of its reactor. */
class PassesTest {
  private static final int RECORD = 16_000;

  private final Passes passes = new Passes();
  private final Look look = new Look();

  @Test
  void onePassReadsWhatOneExchangeHasForItself() {
    Connection own = new Connection(false);
    passes.ask(own, look);

    own.pass(RECORD);

    assertThat(Answers.isNothing(look)).isTrue();
    assertThat(own.wakes).isZero();
  }

  @Test
  void aPassOverAnotherConnectionTellsNothing() {
    Connection own = new Connection(false);
    passes.ask(own, look);

    new Connection(false).pass(0);

    assertThat(Answers.isNothing(look)).isFalse();
  }

  @Test
  void aPassBeforeTheLookTellsNothing() {
    Connection own = new Connection(false);
    own.pass(0);

    passes.ask(own, look);

    assertThat(Answers.isNothing(look)).isFalse();
  }

  @Test
  void aSharedConnectionIsReadUntilTwoPassesInARowBringLittle() {
    Connection shared = new Connection(true);
    passes.ask(shared, look);

    for (int bytes : new int[] {RECORD, RECORD, 300, RECORD, 0}) {
      shared.pass(bytes);
      assertThat(Answers.isNothing(look)).isFalse();
    }
    assertThat(shared.wakes).isEqualTo(5);
    shared.pass(100);

    assertThat(Answers.isNothing(look)).isTrue();
    assertThat(shared.wakes).as("and is left alone then").isEqualTo(5);
  }

  @Test
  void whatASocketHoldsIsReadEvenIfMoreKeepsComing() {
    Connection shared = new Connection(true);
    passes.ask(shared, look);

    int count = 0;
    while (!Answers.isNothing(look)) {
      shared.pass(RECORD);
      count++;
    }

    assertThat(count).isBetween(300, 500);
  }

  @Test
  void allWhoLookAtAConnectionShareItsPasses() {
    Connection shared = new Connection(true);
    Look other = new Look();
    passes.ask(shared, look);
    shared.pass(0);
    passes.ask(shared, other);

    shared.pass(0);
    shared.pass(0);

    assertThat(Answers.isNothing(look)).isTrue();
    assertThat(Answers.isNothing(other)).isTrue();
  }

  /** A connection of which the test says when it is read. */
  private final class Connection extends EndpointDetails implements Carrier {
    private final boolean shared;
    private final HttpConnection connection =
        (HttpConnection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpConnection.class},
                (proxy, method, arguments) -> this);
    private long received;
    private int wakes;

    Connection(boolean shared) {
      super(address(), address(), Timeout.DISABLED);
      this.shared = shared;
    }

    void pass(int bytes) {
      received += bytes;
      passes.passed(connection);
    }

    @Override
    public long getReceivedBytesCount() {
      return received;
    }

    @Override
    public EndpointDetails connection() {
      return this;
    }

    @Override
    public boolean isShared() {
      return shared;
    }

    @Override
    public void wake() {
      wakes++;
    }

    @Override
    public String protocol() {
      return "none";
    }

    @Override
    public boolean end() {
      return false;
    }

    @Override
    public long getRequestCount() {
      return 0;
    }

    @Override
    public long getResponseCount() {
      return 0;
    }

    @Override
    public long getSentBytesCount() {
      return 0;
    }
  }

  private static SocketAddress address() {
    return InetSocketAddress.createUnresolved("localhost", 1);
  }
}
