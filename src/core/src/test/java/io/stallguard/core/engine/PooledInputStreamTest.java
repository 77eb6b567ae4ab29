package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.Rig;
import io.stallguard.core.StallTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/** No abort runs here: the reader always comes first. */
class PooledInputStreamTest {
  private static final byte[] DONE =
      "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n".getBytes(StandardCharsets.UTF_8);

  private final Rig rig = new Rig("idle=1s,done-grace=500ms");
  private final Guard guard = rig.open();
  private final Body body = new Body();
  private final Connection connection = new Connection();
  private final InputStream stream = stream(true);

  private InputStream stream(boolean readsToEnd) {
    return new PooledInputStream(body, guard, readsToEnd, connection);
  }

  @Test
  void aWholeBodyLeavesItsConnectionOpen() throws IOException {
    assertThat(stream.readAllBytes()).isEqualTo(DONE);
    stream.close();

    assertThat(connection.closes).isZero();
    assertThat(body.closes).isEqualTo(1);
  }

  @Test
  void aReaderThatIsToldOfAStallHasClosedTheConnection() throws IOException {
    body.inRead = () -> silence(1_050);
    stream.read();

    assertThatThrownBy(stream::read).isInstanceOf(StallTimeoutException.class);
    assertThat(connection.closes).isPositive();
  }

  @Test
  void aScannerThatIsToldOfAStallHasClosedTheConnectionAndCanBeClosed() {
    body.inRead = () -> silence(1_050);
    Scanner scanner = new Scanner(stream, StandardCharsets.UTF_8);

    assertThatThrownBy(() -> scanner.useDelimiter("never").next())
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasCauseExactlyInstanceOf(StallTimeoutException.class);
    assertThat(connection.closes).isPositive();
    assertThatCode(scanner::close).doesNotThrowAnyException();
  }

  @Test
  void aScannerThatIsClosedDuringSilenceSeesNoFailure() {
    body.inRead =
        () -> {
          silence(1_050);
          throw new SocketException("Socket closed");
        };

    assertThatCode(new Scanner(stream, StandardCharsets.UTF_8)::close).doesNotThrowAnyException();
    assertThat(guard.isStalled()).isTrue();
    assertThat(connection.closes).isPositive();
  }

  @Test
  void aReaderThatIsToldOfTheEndAfterTheTerminalEventHasClosedTheConnection() throws IOException {
    stream.read(new byte[DONE.length]);
    body.inRead = () -> silence(550);

    assertThat(stream.read(new byte[8])).isEqualTo(-1);
    assertThat(guard.isEnded()).isTrue();
    assertThat(connection.closes).isPositive();
  }

  @Test
  void aFailureOfTheClientsOwnLeavesTheConnectionToTheClient() {
    SocketException reset = new SocketException("Connection reset");
    body.inRead =
        () -> {
          throw reset;
        };

    assertThatThrownBy(() -> stream.read(new byte[8])).isSameAs(reset);
    assertThat(connection.closes).isZero();
  }

  @Test
  void aConnectionThatFailsToCloseDoesNotHideTheStall() throws IOException {
    connection.failure = new IOException("not again");
    body.inRead = () -> silence(1_050);
    stream.read();

    assertThatThrownBy(stream::read).isInstanceOf(StallTimeoutException.class);
  }

  @Test
  void closingReadsWhatIsLeftUnderTheGuard() throws IOException {
    stream.read();

    stream.close();

    assertThat(guard.progress().bytes()).isEqualTo(DONE.length);
    assertThat(body.closes).isEqualTo(1);
    assertThat(connection.closes).isZero();
  }

  @Test
  void bytesThatComeWhileClosingBreakTheSilence() throws IOException {
    body.pieces = 1;
    body.inRead = () -> silence(400);

    stream.close();

    assertThat(guard.isStalled()).isFalse();
    assertThat(connection.closes).isZero();
  }

  @Test
  void silenceWhileClosingClosesTheConnectionAndIsNotThrown() {
    body.inRead =
        () -> {
          silence(1_050);
          throw new SocketException("Socket closed");
        };

    assertThatCode(stream::close).doesNotThrowAnyException();
    assertThat(guard.isStalled()).isTrue();
    assertThat(connection.closes).isPositive();
  }

  @Test
  void aFailureOfTheClientsOwnWhileClosingIsThrown() {
    SocketException reset = new SocketException("Connection reset");
    body.inRead =
        () -> {
          throw reset;
        };

    assertThatThrownBy(stream::close).isSameAs(reset);
    assertThat((GuardWord.stateOf(guard.word()) == GuardWord.FINISHED)).isTrue();
  }

  @Test
  void aBodyThatTheClientDoesNotReadToItsEndIsNotReadHereEither() throws IOException {
    stream(false).close();

    assertThat(body.reads).isZero();
    assertThat(body.closes).isEqualTo(1);
  }

  @Test
  void whatHasEndedFailedOrBeenClosedIsNotReadAgain() throws IOException {
    stream.readAllBytes();
    int reads = body.reads;

    stream.close();
    stream.close();

    assertThat(body.reads).isEqualTo(reads);
  }

  private void silence(long millis) {
    rig.run(Duration.ofMillis(millis));
  }

  /** What happens while the client is in a read. */
  interface Happening {
    void happen() throws IOException;
  }

  /** A client's body: what the test wants to happen does so inside its reads. */
  private static final class Body extends FilterInputStream {
    private Happening inRead = () -> {};

    /** The most that one read brings. */
    private int pieces = 64;

    private int reads;
    private int closes;

    Body() {
      super(new ByteArrayInputStream(DONE));
    }

    @Override
    public int read() throws IOException {
      reads++;
      inRead.happen();
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      reads++;
      inRead.happen();
      return in.read(target, offset, Math.min(length, pieces));
    }

    @Override
    public void close() {
      closes++;
    }
  }

  /** The connection below. */
  private static final class Connection implements Closeable {
    private int closes;
    private IOException failure;

    @Override
    public void close() throws IOException {
      closes++;
      if (failure != null) {
        throw failure;
      }
    }
  }
}
