package io.stallguard.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS sockets without a certificate. */
public final class Anonymous {
  private static final String SUITE = "TLS_ECDH_anon_WITH_AES_128_CBC_SHA";

  static {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
  }

  private Anonymous() {}

  public static Socket connected(InetAddress address, int port)
      throws IOException, GeneralSecurityException {
    return prepared(SSLContext.getDefault().getSocketFactory().createSocket(address, port));
  }

  public static Socket layered(Socket plain) throws IOException, GeneralSecurityException {
    return prepared(
        SSLContext.getDefault()
            .getSocketFactory()
            .createSocket(plain, "localhost", plain.getPort(), true));
  }

  private static Socket prepared(Socket socket) {
    SSLSocket tls = (SSLSocket) socket;
    tls.setEnabledProtocols(new String[] {"TLSv1.2"});
    tls.setEnabledCipherSuites(new String[] {SUITE});
    return tls;
  }
}
