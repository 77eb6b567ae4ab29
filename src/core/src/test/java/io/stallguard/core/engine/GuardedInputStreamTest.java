package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.Rig;
import io.stallguard.core.StallTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedInputStreamTest {
  private static final byte[] TEXT = "data: hello\n\n".getBytes(StandardCharsets.UTF_8);

  private final Rig rig = new Rig("idle=1s");
  private final Guard guard = rig.open();
  private final Body body = new Body();
  private final InputStream stream = new GuardedInputStream(body, guard);

  static Stream<Reading> readsThatBringBytes() {
    return Stream.of(
        in -> in.read(),
        in -> in.read(new byte[8]),
        in -> in.read(new byte[8], 2, 3),
        in -> in.readNBytes(4),
        in -> in.readNBytes(new byte[8], 0, 4),
        in -> in.skip(3),
        InputStream::readAllBytes,
        in -> in.transferTo(new ByteArrayOutputStream()));
  }

  @ParameterizedTest
  @MethodSource("readsThatBringBytes")
  void everyFormOfReadingWaitsUnderTheGuardAndLeavesItWithoutDemand(Reading reading)
      throws IOException {
    body.then(() -> assertThat(GuardWord.isWaiting(guard.word())).isTrue());

    reading.from(stream);

    assertThat(body.reads).isPositive();
    assertThat(GuardWord.isWaiting(guard.word())).isFalse();
    assertThat(guard.progress().bytes()).isPositive();
  }

  @Test
  void deliversExactlyWhatCame() throws IOException {
    assertThat(stream.readAllBytes()).isEqualTo(TEXT);
    assertThat(guard.progress().bytes()).isEqualTo(TEXT.length);
    assertThat(GuardWord.stateOf(guard.word())).isEqualTo(GuardWord.FINISHED);
  }

  @ParameterizedTest
  @MethodSource("readsThatBringBytes")
  void everyFormOfReadingThrowsOnceTheStreamIsStalled(Reading reading) throws IOException {
    body.then(this::stall);
    stream.read();

    assertThatThrownBy(() -> reading.from(stream))
        .isInstanceOf(StallTimeoutException.class)
        .hasMessageContaining("limit of 1 s exceeded");
  }

  @Test
  void bytesThatCameWithTheDecisionAreDeliveredAndTheNextReadThrows() throws IOException {
    body.then(this::stall);
    byte[] buffer = new byte[64];

    int count = stream.read(buffer);

    assertThat(count).isEqualTo(TEXT.length);
    assertThatThrownBy(() -> stream.read(buffer)).isInstanceOf(StallTimeoutException.class);
    assertThat(body.reads).isEqualTo(1);
  }

  @Test
  void aByteThatCameWithTheDecisionIsDeliveredAndTheNextReadThrows() throws IOException {
    body.then(this::stall);

    assertThat(stream.read()).isEqualTo('d');
    assertThatThrownBy(stream::read).isInstanceOf(StallTimeoutException.class);
  }

  @Test
  void anEndThatIsSeenAfterTheDecisionIsAStall() throws IOException {
    stream.read(new byte[64]);
    body.then(this::stall);

    assertThatThrownBy(() -> stream.read(new byte[64]))
        .isInstanceOf(StallTimeoutException.class)
        .hasMessageContaining("partial content delivered")
        .hasNoCause();
  }

  @Test
  void anEndThatASingleByteReadSeesAfterTheDecisionIsAStall() throws IOException {
    stream.read(new byte[64]);
    body.then(this::stall);

    assertThatThrownBy(stream::read).isInstanceOf(StallTimeoutException.class);
  }

  @Test
  void whatTheClientThrowsAfterTheDecisionIsShownBesideOurs() {
    SocketException closed = new SocketException("Socket closed");
    body.then(this::stall).thenThrow(closed);

    assertThatThrownBy(() -> stream.read(new byte[64]))
        .isInstanceOf(StallTimeoutException.class)
        .hasNoCause()
        .hasSuppressedException(closed);
  }

  /** Many an app never closes what has failed. */
  @ParameterizedTest
  @MethodSource("readsThatBringBytes")
  void aReadThatFailsEndsTheStream(Reading reading) {
    EOFException premature = new EOFException("Premature EOF");
    body.thenThrow(premature);

    assertThatThrownBy(() -> reading.from(stream)).isSameAs(premature);

    assertThat(GuardWord.stateOf(guard.word())).isEqualTo(GuardWord.FINISHED);
    assertThat(rig.streams().facts()).isEmpty();
  }

  @Test
  void aFailureClosesTheReportOfASilenceThatWasOnlyObserved() {
    Rig observing = new Rig("idle=1s,mode=observe");
    Body failing = new Body();
    InputStream observed = new GuardedInputStream(failing, observing.open());
    failing
        .then(() -> observing.run(Duration.ofSeconds(2)))
        .thenThrow(new SocketException("Connection reset"));

    assertThatThrownBy(observed::read).isExactlyInstanceOf(SocketException.class);
    observing.tick();

    assertThat(observing.log).hasSize(2);
    assertThat(observing.log.get(1)).startsWith("stream given up after 2");
  }

  @Test
  void aTimeoutOfTheClientsOwnLeavesTheStreamOpenAndItsSilenceGoesOn() {
    body.then(() -> rig.run(Duration.ofMillis(500))).thenThrow(new SocketTimeoutException("own"));
    assertThatThrownBy(stream::read).hasMessage("own");
    assertThat(rig.streams().facts())
        .extracting(StreamFacts::id)
        .containsExactly(guard.entry().id());

    body.then(() -> rig.run(Duration.ofMillis(600)))
        .thenThrow(new SocketTimeoutException("own again"));

    assertThatThrownBy(stream::read).isInstanceOf(StallTimeoutException.class);
  }

  @Test
  void aScannerDoesNotTakeTheStallForTheEnd() {
    body.then(() -> {}).then(this::stall).thenThrow(new SocketException("Socket closed"));
    Scanner scanner = new Scanner(stream, StandardCharsets.UTF_8);

    assertThat(scanner.nextLine()).isEqualTo("data: hello");
    assertThat(scanner.nextLine()).isEmpty();
    assertThatThrownBy(scanner::hasNextLine)
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasCauseExactlyInstanceOf(StallTimeoutException.class);
    assertThatCode(scanner::close).doesNotThrowAnyException();
  }

  @Test
  void whatTheClientThrowsByItselfStaysAsItIs() {
    SocketException reset = new SocketException("Connection reset");
    body.thenThrow(reset);

    assertThatThrownBy(stream::read).isSameAs(reset);
    assertThat(GuardWord.isWaiting(guard.word())).isFalse();
  }

  @Test
  void anErrorOfTheClientEndsTheWaitToo() {
    body.thenThrow(new IllegalStateException("broken client"));

    assertThatThrownBy(() -> stream.skip(1)).hasMessage("broken client");
    assertThat(GuardWord.isUnawaited(guard.word())).isTrue();
  }

  @Test
  void theEndFinishesTheStreamAndIsTheEndAgain() throws IOException {
    stream.readAllBytes();

    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.read(new byte[4])).isEqualTo(-1);
    assertThat(GuardWord.stateOf(guard.word())).isEqualTo(GuardWord.FINISHED);
  }

  @Test
  void closingWaitsUnderTheGuardAndFinishesTheStream() throws IOException {
    boolean[] waiting = {false};
    body.onClose = () -> waiting[0] = GuardWord.isWaiting(guard.word());

    stream.close();

    assertThat(waiting[0]).isTrue();
    assertThat(GuardWord.stateOf(guard.word())).isEqualTo(GuardWord.FINISHED);
  }

  @Test
  void aCloseThatWasAbortedReturnsNormallyWhateverTheClientThrows() {
    body.onClose =
        () -> {
          stall();
          throw new SocketException("Socket closed");
        };

    assertThatCode(stream::close).doesNotThrowAnyException();
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void anAbortedCloseIsARelease() {
    body.onClose = this::stall;

    assertThatCode(stream::close).doesNotThrowAnyException();
    rig.tick();

    assertThat(rig.log).singleElement().asString().contains("reader released");
  }

  @Test
  void aCloseThatFailsByItselfFails() {
    SocketException reset = new SocketException("Connection reset");
    body.onClose =
        () -> {
          throw reset;
        };

    assertThatThrownBy(stream::close).isSameAs(reset);
    assertThat(GuardWord.stateOf(guard.word())).isEqualTo(GuardWord.FINISHED);
  }

  @Test
  void aStalledStreamMayBeClosedAndStillThrowsAfterwards() throws IOException {
    body.then(this::stall);
    stream.read();

    stream.close();
    stream.close();

    assertThatThrownBy(stream::read).isInstanceOf(StallTimeoutException.class);
  }

  @Test
  void aReadOfNothingIsNoProgressTowardsTheFirstByte() throws IOException {
    stream.read(new byte[0]);

    assertThat(guard.progress().bytes()).isZero();
    assertThat(GuardWord.isUnawaited(guard.word())).isTrue();
  }

  private void stall() {
    rig.run(Duration.ofMillis(1050));
    assertThat(guard.isStalled()).isTrue();
  }

  /** A way to read. */
  interface Reading {
    Object from(InputStream in) throws IOException;
  }

  /** What happens while the client is in a call. */
  interface Happening {
    void happen() throws IOException;
  }

  /** A client's body: what the test wants to happen does so inside its reads. */
  private static final class Body extends InputStream {
    private final InputStream bytes = new ByteArrayInputStream(TEXT);
    private final Queue<Happening> happenings = new ArrayDeque<>();
    private Happening onClose = () -> {};
    private int reads;

    /** In the next read. */
    Body then(Happening happening) {
      happenings.add(happening);
      return this;
    }

    /** In the read in which the last happening happens, or in the next one. */
    void thenThrow(Exception exception) {
      Happening before = happenings.isEmpty() ? () -> {} : happenings.remove();
      then(
          () -> {
            before.happen();
            if (exception instanceof IOException) {
              throw (IOException) exception;
            }
            throw (RuntimeException) exception;
          });
    }

    private void happen() throws IOException {
      reads++;
      Happening happening = happenings.poll();
      if (happening != null) {
        happening.happen();
      }
    }

    @Override
    public int read() throws IOException {
      happen();
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      happen();
      return bytes.read(target, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
      happen();
      return bytes.skip(count);
    }

    @Override
    public void close() throws IOException {
      onClose.happen();
    }
  }
}
