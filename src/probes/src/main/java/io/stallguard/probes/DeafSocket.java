package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicReference;

/** A socket of the app's own that nobody can close, around one that nobody finds. */
final class DeafSocket extends Socket {
  private final AtomicReference<Socket> hidden = new AtomicReference<>(new Socket());

  @Override
  public void connect(SocketAddress address) throws IOException {
    hidden.get().connect(address);
  }

  @Override
  public void connect(SocketAddress address, int timeout) throws IOException {
    hidden.get().connect(address, timeout);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return hidden.get().getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return hidden.get().getOutputStream();
  }

  @Override
  public InetAddress getInetAddress() {
    return hidden.get().getInetAddress();
  }

  @Override
  public int getPort() {
    return hidden.get().getPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return hidden.get().getRemoteSocketAddress();
  }

  @Override
  public boolean isConnected() {
    return hidden.get().isConnected();
  }

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public synchronized void setSoTimeout(int timeout) throws SocketException {
    hidden.get().setSoTimeout(timeout);
  }

  @Override
  public synchronized int getSoTimeout() throws SocketException {
    return hidden.get().getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // As the one inside has it.
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {
    // As the one inside has it.
  }

  @Override
  public void shutdownInput() {
    // Deaf.
  }

  @Override
  public void close() {
    // Deaf.
  }
}
