package io.stallguard.probes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Factories of an app's own sockets, and of TLS over them. */
final class OddSockets {
  private OddSockets() {}

  /** Of plain ones. */
  static SocketFactory plain(Supplier<Socket> made) {
    return new Plain(made);
  }

  /** Of TLS over plain ones. */
  static SSLSocketFactory tls(Supplier<Socket> made) {
    return new Tls(made);
  }

  private static UnsupportedOperationException unexpected() {
    return new UnsupportedOperationException("no client under test connects so");
  }

  /** The one method that clients call. */
  private static final class Plain extends SocketFactory {
    private final Supplier<Socket> made;

    Plain(Supplier<Socket> made) {
      this.made = made;
    }

    @Override
    public Socket createSocket() {
      return made.get();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unexpected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw unexpected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unexpected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw unexpected();
    }
  }

  /** The two methods that clients call. */
  private static final class Tls extends SSLSocketFactory {
    private final SSLSocketFactory layers = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private final Supplier<Socket> made;

    Tls(Supplier<Socket> made) {
      this.made = made;
    }

    /** Plain: the JDK then asks for TLS over it. */
    @Override
    public Socket createSocket() {
      return made.get();
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
        throws IOException {
      return layers.createSocket(plain, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return layers.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return layers.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unexpected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw unexpected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unexpected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw unexpected();
    }
  }
}
