package io.stallguard.testing.server;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Builds the ports: one address only, no time limit of any kind, room for thousands of streams. */
final class Connectors {

  private static final int ACCEPT_QUEUE = 10_000;
  private static final int STREAMS_PER_CONNECTION = 20_000;

  private final Server server;
  private final ExchangeLog log;
  private final String host;

  Connectors(Server server, ExchangeLog log, String host) {
    this.server = server;
    this.log = log;
    this.host = host;
  }

  ServerConnector open(Port port, int number) {
    ServerConnector connector = new ServerConnector(server, 1, 1, factories(port));
    connector.setHost(host);
    connector.setPort(number);
    connector.setIdleTimeout(-1);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(log);
    server.addConnector(connector);
    return connector;
  }

  private ConnectionFactory[] factories(Port port) {
    HttpConfiguration http = http();
    HttpConnectionFactory h1 = new HttpConnectionFactory(http);
    return switch (port) {
      case CLEAR -> new ConnectionFactory[] {h1, h2(new HTTP2CServerConnectionFactory(http))};
      case TLS1 -> new ConnectionFactory[] {tls(h1.getProtocol()), h1};
      case TLS2 -> {
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
        alpn.setDefaultProtocol(h1.getProtocol());
        yield new ConnectionFactory[] {
          tls(alpn.getProtocol()), alpn, h2(new HTTP2ServerConnectionFactory(http)), h1
        };
      }
    };
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // The settings of a scenario are path parameters, which the default calls ambiguous once a
    // client encodes them.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  private ConnectionFactory h2(AbstractHTTP2ServerConnectionFactory h2) {
    h2.setMaxConcurrentStreams(STREAMS_PER_CONNECTION);
    h2.setStreamIdleTimeout(-1);
    // A client that cancels a thousand streams at once is a test here, not an attack.
    h2.setRateControlFactory(new RateControl.Factory() {});
    h2.addEventListener(log);
    return h2;
  }

  private static SslConnectionFactory tls(String next) {
    Identity identity = Identity.shared();
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(identity.keyStore());
    context.setKeyStorePassword(identity.password());
    return new SslConnectionFactory(context, next);
  }
}
