package io.stallguard.core.settings;

import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.MediaTypes;
import io.stallguard.core.words.Mode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which exchanges are guarded and by which limits. Immutable. */
public final class Policy {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String ANY = "*";

  private final Settings settings;

  /** The settings that hold where no rule says otherwise, the same for all exchanges. */
  private final Limits common;

  private final Limits none;

  public Policy(Settings settings) {
    this.settings = settings;
    this.common = new Limits(settings.choices(), settings.eventNames());
    this.none = Limits.none(settings.eventNames());
  }

  /**
   * The limits for this exchange, or null if it is none of our business. An exchange that has no
   * limits now may come to have some before it is over.
   */
  public @Nullable Limits limitsFor(Exchange exchange) {
    if (!isGuarded(exchange)) {
      return null;
    }
    Limits limits = selectedLimits(exchange);
    return limits.mode() == Mode.OFF ? none : limits;
  }

  private Limits selectedLimits(Exchange exchange) {
    Choices choices = settings.choicesFor(exchange);
    return choices == settings.choices() ? common : new Limits(choices, settings.eventNames());
  }

  /**
   * The name that all streams of one breaker share: that of the host, and of a gateway that of a
   * rule.
   */
  public String breakerOf(Exchange exchange) {
    String rule = Rule.idFor(exchange, settings.rules());
    return exchange.authority() + (rule == null ? "" : " (rule " + rule + ")");
  }

  /** The limits until this exchange's response head comes, or null if there are none. */
  public @Nullable Limits headLimitsFor(Exchange request) {
    if (!limitsHeads() || !isSelected(request)) {
      return null;
    }
    Choices choices = settings.choicesFor(request);
    Mode mode = choices.value(Setting.MODE);
    Limit head = choices.inForce(Setting.HEAD);
    return head.isOff() || mode == Mode.OFF
        ? null
        : new Limits(mode, head, head, new Limit(LimitKind.TOTAL, Limit.OFF_NANOS, head.source()));
  }

  /** The limits of an open stream by the settings as they are now. */
  public Limits renewed(Exchange exchange) {
    Limits limits = renewedOrNone(exchange);
    return limits == null ? none : limits;
  }

  /** The limits of an open stream now, or null. Which sockets are named does not change. */
  private @Nullable Limits renewedOrNone(Exchange exchange) {
    if (exchange.isSocket()) {
      return socketLimits(exchange);
    }
    return exchange.hasResponse() ? limitsFor(exchange) : headLimitsFor(exchange);
  }

  /** Whether there is any exchange whose head is waited for under a limit. */
  public boolean limitsHeads() {
    return !settings.isOff() && settings.limitsHeads();
  }

  public boolean guardsSockets() {
    return !settings.sockets().isEmpty();
  }

  /** The limits for the reads of a raw socket, or null if it is not named. */
  public @Nullable Limits limitsForSocket(String client, InetSocketAddress peer) {
    InetAddress address = peer.getAddress();
    Exchange exchange = Exchange.ofSocket(client, peer);
    boolean named =
        isNamed(exchange)
            || (address != null
                && isNamed(
                    Exchange.ofSocket(
                        client,
                        InetSocketAddress.createUnresolved(
                            address.getHostAddress(), peer.getPort()))));
    return named ? socketLimits(exchange) : null;
  }

  private Limits socketLimits(Exchange exchange) {
    Choices choices = settings.choicesFor(exchange);
    Mode mode = choices.value(Setting.MODE);
    Limit idle = choices.inForce(Setting.IDLE);
    return Limits.ofSocket(mode, mode == Mode.OFF ? idle.off() : idle);
  }

  private boolean isNamed(Exchange exchange) {
    return guardsSockets() && matchesAny(settings.sockets(), exchange);
  }

  private boolean isGuarded(Exchange exchange) {
    return exchange.status() != SWITCHING_PROTOCOLS
        && (MediaTypes.isAny(settings.contentTypes(), exchange.contentType())
            || settings.letsIn(exchange))
        && isSelected(exchange);
  }

  private boolean isSelected(Exchange exchange) {
    return !exchange.method().equals("CONNECT")
        && hasGuardedMethod(exchange.method())
        && matchesAny(settings.include(), exchange)
        && !matchesAny(settings.exclude(), exchange);
  }

  private boolean hasGuardedMethod(String method) {
    List<String> methods = settings.methods();
    return methods.contains(ANY) || methods.contains(method);
  }

  public static boolean matchesAny(List<TargetPattern> patterns, Exchange exchange) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(exchange)) {
        return true;
      }
    }
    return false;
  }
}
