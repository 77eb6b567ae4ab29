package io.stallguard.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which exchanges are guarded and by which limits. Immutable. */
final class Policy {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String ANY = "*";

  private final Settings settings;

  Policy(Settings settings) {
    this.settings = settings;
  }

  /** The limits for this exchange, or null if it is none of our business. */
  @Nullable Limits limitsFor(Exchange exchange) {
    if (!isGuarded(exchange)) {
      return null;
    }
    Limits limits = new Limits(settings, exchange);
    return limits.isAny() ? limits : null;
  }

  /** The limits until this exchange's response head comes, or null if there are none. */
  @Nullable Limits headLimitsFor(Exchange request) {
    Limit head = settings.head();
    return head.isOff() || !isSelected(request)
        ? null
        : new Limits(head, head, new Limit(Setting.TOTAL.key(), Limit.OFF_NANOS, head.source()));
  }

  /** Whether there is any exchange whose head is waited for under a limit. */
  boolean limitsHeads() {
    return settings.mode() != Mode.OFF && !settings.head().isOff();
  }

  boolean guardsSockets() {
    return settings.mode() != Mode.OFF && !settings.sockets().isEmpty();
  }

  /** The limits for the reads of a raw socket, or null if it is not named. */
  @Nullable Limits limitsForSocket(String client, InetSocketAddress peer) {
    InetAddress address = peer.getAddress();
    boolean named =
        isNamed(client, peer)
            || (address != null
                && isNamed(
                    client,
                    InetSocketAddress.createUnresolved(address.getHostAddress(), peer.getPort())));
    Limit idle = settings.idle();
    return named && !idle.isOff() ? Limits.ofSocket(idle) : null;
  }

  private boolean isNamed(String client, InetSocketAddress peer) {
    return guardsSockets() && matchesAny(settings.sockets(), Exchange.ofSocket(client, peer));
  }

  private boolean isGuarded(Exchange exchange) {
    return exchange.status() != SWITCHING_PROTOCOLS
        && isStreamed(exchange.contentType())
        && isSelected(exchange);
  }

  private boolean isSelected(Exchange exchange) {
    return settings.mode() != Mode.OFF
        && !exchange.method().equals("CONNECT")
        && hasGuardedMethod(exchange.method())
        && matchesAny(settings.include(), exchange)
        && !matchesAny(settings.exclude(), exchange);
  }

  private boolean isStreamed(String contentType) {
    List<String> types = settings.contentTypes();
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).equals(ANY) || MediaTypes.matches(types.get(i), contentType)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasGuardedMethod(String method) {
    List<String> methods = settings.methods();
    return methods.contains(ANY) || methods.contains(method);
  }

  private static boolean matchesAny(List<TargetPattern> patterns, Exchange exchange) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(exchange)) {
        return true;
      }
    }
    return false;
  }
}
