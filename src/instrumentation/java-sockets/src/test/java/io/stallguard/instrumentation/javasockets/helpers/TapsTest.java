package io.stallguard.instrumentation.javasockets.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Claim;
import io.stallguard.core.settings.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** Which sockets get a tap that looks, and what takes the place of what. */
class TapsTest {
  private static final Engine ENGINE =
      Engine.start(SettingsReader.read(null, new Properties(), Map.of(), Set.of(), problem -> {}));

  private final Taps taps = new Taps(ENGINE);
  private final Socket socket = new Socket();

  @Test
  void looksAtAClientsSocketUntilItsFirstBytes() {
    assertThat(taps.of(socket).isShut()).isFalse();
  }

  @Test
  void neverLooksAtWhatAServerHasAccepted() {
    taps.apply(new Object[] {Socket.class, "accepted", null, socket});

    assertThat(taps.of(socket).isShut()).isTrue();
    assertThat(taps.of(socket).isAccepted()).isTrue();
  }

  @Test
  void neverLooksAtTlsOfAServer() throws IOException {
    SSLSocket client = (SSLSocket) SSLSocketFactory.getDefault().createSocket();
    SSLSocket server = (SSLSocket) SSLSocketFactory.getDefault().createSocket();
    server.setUseClientMode(false);

    assertThat(taps.ofTls(client).isShut()).isFalse();
    assertThat(taps.ofTls(server).isShut()).isTrue();
  }

  @Test
  void leavesTheStreamOfCiphertextAsItIs() throws IOException {
    InputStream in = new ByteArrayInputStream(new byte[1]);
    Socket tls = SSLSocketFactory.getDefault().createSocket();

    assertThat(taps.apply(new Object[] {Socket.class, "stream", in, tls})).isSameAs(in);
    assertThat(taps.apply(new Object[] {Socket.class, "stream", in, socket}))
        .isInstanceOf(TappedInputStream.class);
  }

  @Test
  void putsLocksInThePlaceOfLocksOfTheSameKind() {
    assertThat(lock(new ReentrantLock(true)))
        .isInstanceOfSatisfying(ReentrantLock.class, lock -> assertThat(lock.isFair()).isTrue());
    assertThat(lock(new Object())).isInstanceOf(TapMonitor.class);
  }

  @Test
  void keepsTheExceptionOfASocketThatWasNotClosedByUs() {
    SocketException thrown = new SocketException("Socket is closed");

    assertThat(taps.apply(new Object[] {Socket.class, "timeout", thrown, socket})).isNull();
  }

  @Test
  void doesNotMindAnArrayThatIsTooShort() {
    byte[] request = "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    write(request, 1);
    write(request, -1);

    assertThat(taps.of(socket).isShut()).isFalse();
  }

  @Test
  void takesNoRequestForASocketThatIsNotLookedAt() {
    byte[] request = "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    taps.apply(new Object[] {Socket.class, "accepted", null, socket});

    write(request, 0);

    assertThat(taps.of(socket).begin(new byte[1])).isNull();
  }

  @Test
  void looksAtNothingThatAModuleClaims() {
    Claim claim = Claim.begin();
    assertThat(claim).isNotNull();

    write("POST / HTTP/1.1\r\n\r\n");
    claim.run();

    assertThat(taps.of(socket).begin(new byte[1])).isNull();
  }

  @Test
  void looksAtTheNextRequestThatNobodyClaims() {
    looksAtNothingThatAModuleClaims();

    write("POST / HTTP/1.1\r\n\r\n");

    assertThat(taps.of(socket).begin(new byte[1])).isNotNull();
  }

  private void write(String request) {
    write(request.getBytes(StandardCharsets.ISO_8859_1), 0);
  }

  private void write(byte[] bytes, int offset) {
    taps.apply(new Object[] {Socket.class, "request", null, socket, bytes, offset, bytes.length});
  }

  private Object lock(Object replaced) {
    return taps.apply(new Object[] {Socket.class, "lock", replaced, socket});
  }
}
