package io.stallguard.core.words;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one HTTP exchange: of its request, and once its head has come of its response.
 * Stands for the reads or the connecting of a raw socket too. Immutable.
 */
public final class Exchange {
  /** What a client of MCP says in a header when it asks for notifications. */
  private static final String LISTENING = "subscriptions/listen";

  private static final String SOCKET_SCHEME = "tcp";

  /** The most of a word that is kept: longer than any method, protocol or address there is. */
  private static final int LONGEST_WORD = 100;

  /** The status of an exchange whose response head has not come. */
  private static final int NO_STATUS = 0;

  private final String client;
  private final String method;
  private final String scheme;
  private final String host;
  private final int port;
  private final String path;
  private final String protocol;
  private final int status;
  private final String contentType;
  private final String encoding;
  private final @Nullable String remoteAddress;
  private final @Nullable String accept;
  private final boolean listening;

  private Exchange(Builder builder) {
    this.client = builder.client;
    this.method = builder.method;
    this.scheme = builder.scheme;
    this.host = builder.host;
    this.port = builder.port;
    this.path = builder.path;
    this.protocol = builder.protocol;
    this.status = builder.status;
    this.contentType = builder.contentType;
    this.encoding = builder.encoding;
    this.remoteAddress = builder.remoteAddress;
    this.accept = builder.accept;
    this.listening = builder.listening;
  }

  private Exchange(Exchange other, String remoteAddress) {
    this.client = other.client;
    this.method = other.method;
    this.scheme = other.scheme;
    this.host = other.host;
    this.port = other.port;
    this.path = other.path;
    this.protocol = other.protocol;
    this.status = other.status;
    this.contentType = other.contentType;
    this.encoding = other.encoding;
    this.remoteAddress = remoteAddress;
    this.accept = other.accept;
    this.listening = other.listening;
  }

  /**
   * Starts the description of an exchange.
   *
   * @param client name of the instrumentation module, such as {@code okhttp}
   */
  public static Builder of(String client) {
    return new Builder(client);
  }

  /** Describes what is read of a raw socket: its peer is all that is known. */
  public static Exchange ofSocket(String client, InetSocketAddress peer) {
    return ofSocket(client, "READ", peer);
  }

  /** Describes the connecting of a socket, of which no more is known. */
  public static Exchange ofConnect(String client, InetSocketAddress peer) {
    return ofSocket(client, "CONNECT", peer);
  }

  private static Exchange ofSocket(String client, String method, InetSocketAddress peer) {
    return new Builder(client)
        .request(method, SOCKET_SCHEME, peer.getHostString(), peer.getPort(), null)
        .peer(peer)
        .build();
  }

  public String client() {
    return client;
  }

  public String method() {
    return method;
  }

  public String scheme() {
    return scheme;
  }

  public String host() {
    return host;
  }

  /** The port of the request, the scheme's own where the request named none. */
  public int port() {
    return port;
  }

  /** The path without query and fragment. */
  public String path() {
    return path;
  }

  String protocol() {
    return protocol;
  }

  public int status() {
    return status;
  }

  /** The media type with its parameters, as sent; empty if there was none. */
  public String contentType() {
    return contentType;
  }

  /** The content coding of the body as we see it, {@code gzip}; empty if there is none. */
  public String encoding() {
    return encoding;
  }

  /** Whether nothing but bytes can be seen of the body. */
  public boolean isEncoded() {
    return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
  }

  public @Nullable String remoteAddress() {
    return remoteAddress;
  }

  /** This exchange with this peer, unless its own is known. */
  public Exchange with(@Nullable SocketAddress peer) {
    String address = remoteAddress == null ? remoteAddress(peer) : null;
    return address == null ? this : new Exchange(this, address);
  }

  private static @Nullable String remoteAddress(@Nullable SocketAddress peer) {
    InetSocketAddress inet = peer instanceof InetSocketAddress ? (InetSocketAddress) peer : null;
    InetAddress address = inet == null ? null : inet.getAddress();
    return inet == null || address == null
        ? null
        : Texts.clean(address.getHostAddress() + ':' + inet.getPort(), LONGEST_WORD);
  }

  /** The request's {@code Accept} header; null if it is not known or there is none. */
  public @Nullable String accept() {
    return accept;
  }

  /** Whether the stream may live for ever, unless it shows an answer. */
  public boolean isSubscription() {
    return method.equals("GET") || listening || hasSubscriptionPath();
  }

  /**
   * Whether the path is that of GraphQL over server-sent events, or of A2A's subscription to a
   * task.
   */
  private boolean hasSubscriptionPath() {
    return path.endsWith("/graphql")
        || path.endsWith("/graphql/stream")
        || path.endsWith(":subscribe");
  }

  /** Whether it is no exchange of HTTP, but what is read of a raw socket. */
  public boolean isSocket() {
    return scheme.equals(SOCKET_SCHEME);
  }

  /** Host, and the port where it is not the scheme's own. */
  public String authority() {
    return host + shownPort();
  }

  /** Whether a response head has come. */
  public boolean hasResponse() {
    return status != NO_STATUS;
  }

  /** Protocol and status of the response, for people. */
  public String outcome() {
    if (isSocket()) {
      return "raw socket";
    }
    return hasResponse() ? protocol + " " + status : "no response";
  }

  /** Method and URL without credentials, query and fragment. */
  @Override
  public String toString() {
    return method + ' ' + scheme + "://" + authority() + (isSocket() ? "" : path);
  }

  private String shownPort() {
    return port < 0 || (!isSocket() && port == defaultPort(scheme)) ? "" : ":" + port;
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** Takes the parts of an {@link Exchange} as a client has them. One thread. */
  public static final class Builder {
    private final String client;
    private String method = "GET";
    private String scheme = "http";
    private String host = "";
    private int port;
    private String path = "/";
    private String protocol = "HTTP/1.1";
    private int status;
    private String contentType = "";
    private String encoding = "";
    private @Nullable String remoteAddress;
    private @Nullable String accept;
    private boolean listening;

    private Builder(String client) {
      this.client = client;
    }

    /** The request line; the URI's user info, query and fragment are dropped here and for ever. */
    public Builder request(String requestMethod, URI uri) {
      return request(
          requestMethod,
          text(uri.getScheme()),
          UrlParts.host(uri),
          UrlParts.port(uri),
          uri.getRawPath());
    }

    /**
     * The request line in parts, from which the same is dropped. A port below one stands for the
     * scheme's own.
     */
    public Builder request(
        String requestMethod,
        String uriScheme,
        String uriHost,
        int uriPort,
        @Nullable String path) {
      this.method = Texts.clean(requestMethod, LONGEST_WORD).toUpperCase(Locale.ROOT);
      this.scheme = Texts.clean(uriScheme, LONGEST_WORD).toLowerCase(Locale.ROOT);
      this.host = UrlParts.host(uriHost);
      this.port = uriPort > 0 ? uriPort : defaultPort(scheme);
      this.path = UrlParts.path(path);
      return this;
    }

    /** The response head: protocol as {@code HTTP/1.1}, status, {@code Content-Type} header. */
    public Builder response(String httpProtocol, int httpStatus, @Nullable String header) {
      this.protocol = Texts.clean(httpProtocol, LONGEST_WORD);
      this.status = httpStatus;
      this.contentType = text(header);
      return this;
    }

    /** The {@code Content-Encoding} of the body that the guard is going to see, if it has one. */
    public Builder encoding(@Nullable String header) {
      this.encoding = Texts.clean(text(header).trim(), LONGEST_WORD);
      return this;
    }

    /** The peer's socket address, null where the client does not tell; no name is looked up. */
    public Builder peer(@Nullable SocketAddress address) {
      this.remoteAddress = Exchange.remoteAddress(address);
      return this;
    }

    /**
     * What is of interest of the request's headers.
     *
     * @param values by name, null where there is none
     */
    public Builder requestHeaders(Function<String, @Nullable String> values) {
      this.accept = values.apply("Accept");
      this.listening = LISTENING.equals(values.apply("Mcp-Method"));
      return this;
    }

    /** The finished description. */
    public Exchange build() {
      return new Exchange(this);
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text;
    }
  }
}
