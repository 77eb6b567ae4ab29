package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.words.Exchange;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Describes what goes over a socket. */
final class SocketExchange {
  private SocketExchange() {}

  static Exchange of(Socket socket, RequestHead request, ResponseHead response) {
    InetSocketAddress peer = peer(socket);
    boolean named = !request.host().isEmpty();
    return Exchange.of(SocketTap.NAME)
        .request(
            request.method(),
            socket instanceof SSLSocket ? "https" : "http",
            named || peer == null ? request.host() : peer.getHostString(),
            named || peer == null ? request.port() : peer.getPort(),
            request.target())
        .response(response.protocol(), response.status(), response.contentType())
        .encoding(response.contentEncoding())
        .peer(peer)
        .build();
  }

  /** The other end, as it was connected to; nothing is looked up. */
  static @Nullable InetSocketAddress peer(Socket socket) {
    SocketAddress peer = socket.getRemoteSocketAddress();
    return peer instanceof InetSocketAddress ? (InetSocketAddress) peer : null;
  }
}
