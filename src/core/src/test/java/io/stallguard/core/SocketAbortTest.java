package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.SocketAbort;
import io.stallguard.core.wire.NothingDoneException;
import io.stallguard.core.wire.SocketCut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketAbortTest {
  private final Guard guard = new Rig("idle=1s").open();
  private ServerSocket server;
  private Socket socket;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket = new Socket(server.getInetAddress(), server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    server.close();
  }

  @Test
  void closesTheSocketAndKeepsItFromTheNextExchange() throws Exception {
    SocketAbort abort = new SocketAbort(socket);

    abort.abort(guard);

    assertThat(socket.isClosed()).isTrue();
    assertThat(abort.over()).isFalse();
  }

  @Test
  void leavesTheSocketToTheNextExchange() throws Exception {
    SocketAbort abort = new SocketAbort(socket);

    assertThat(abort.over()).isTrue();
    abort.abort(guard);
    abort.escalate(guard);

    assertThat(socket.isClosed()).isFalse();
    assertThat(abort.over()).isTrue();
  }

  /** A reader that a cut frees might close the socket before the abort does, and wait in that. */
  @Test
  void aCutLeavesASocketOfTheAppsToTheAbort() throws Exception {
    try (Socket own = new Socket(server.getInetAddress(), server.getLocalPort()) {}) {
      SocketAbort abort = new SocketAbort(own);

      abort.cut();
      assertThat(new SocketCut().cutNow(own)).as("could still be cut").isTrue();
    }
  }

  @Test
  void aCutClosesTheSocketAndTheAbortFindsItDone() throws Exception {
    SocketAbort abort = new SocketAbort(socket);

    abort.cut();
    assertThat(socket.isClosed()).isTrue();
    abort.abort(guard);

    assertThat(abort.over()).isFalse();
  }

  @Test
  void aCutLeavesTheSocketToTheNextExchange() {
    SocketAbort abort = new SocketAbort(socket);

    assertThat(abort.over()).isTrue();
    abort.cut();

    assertThat(socket.isClosed()).isFalse();
  }

  @Test
  void anEscalationAloneClosesToo() throws Exception {
    SocketAbort abort = new SocketAbort(socket);

    abort.escalate(guard);
    abort.escalate(guard);

    assertThat(abort.over()).isFalse();
    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void tellsThatNothingCanBeDone() {
    SocketAbort abort = new SocketAbort(null);

    assertThatThrownBy(() -> abort.abort(guard))
        .isInstanceOf(NothingDoneException.class)
        .hasMessage("its socket cannot be had");
    assertThatThrownBy(() -> abort.escalate(guard)).isInstanceOf(NothingDoneException.class);
  }

  @Test
  void tellsThatASocketDoesNotClose() {
    Socket deaf =
        new Socket() {
          @Override
          public void close() {
            // Deaf.
          }
        };
    SocketAbort abort = new SocketAbort(deaf);

    assertThatThrownBy(() -> abort.abort(guard))
        .isInstanceOf(NothingDoneException.class)
        .hasMessageStartingWith("its socket does not close: ");
    assertThatThrownBy(() -> abort.escalate(guard)).isInstanceOf(NothingDoneException.class);
  }
}
