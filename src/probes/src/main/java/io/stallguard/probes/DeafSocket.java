package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/** A socket of the app's own that nobody can close, around one that nobody looks for. */
final class DeafSocket extends Socket {
  private final Socket hidden = new Socket();

  @Override
  public void connect(SocketAddress address) throws IOException {
    hidden.connect(address);
  }

  @Override
  public void connect(SocketAddress address, int timeout) throws IOException {
    hidden.connect(address, timeout);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return hidden.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return hidden.getOutputStream();
  }

  @Override
  public InetAddress getInetAddress() {
    return hidden.getInetAddress();
  }

  @Override
  public int getPort() {
    return hidden.getPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return hidden.getRemoteSocketAddress();
  }

  @Override
  public boolean isConnected() {
    return hidden.isConnected();
  }

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public synchronized void setSoTimeout(int timeout) throws SocketException {
    hidden.setSoTimeout(timeout);
  }

  @Override
  public synchronized int getSoTimeout() throws SocketException {
    return hidden.getSoTimeout();
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
