package io.stallguard.core.gaps;

import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What gaps the streams of each host had since the agent started. Watchdog only. */
public final class GapHistory {
  // A gap shorter than a step of the clock has no length: most gaps are, so that a read pays for
  // one comparison and no more. Waits for heads and raw sockets are not in it.

  /**
   * How many hosts are kept: an app that talks to more is a crawler, and what is held of them is to
   * stay small.
   */
  static final int MOST_HOSTS = 100;

  static final String OTHER_HOSTS = "other hosts";

  private final Map<String, HostGaps> replies = new TreeMap<>();
  private final Map<String, HostGaps> subscriptions = new TreeMap<>();

  /**
   * Notes a gap that ended because of bytes or the end.
   *
   * @param phase what was waited for
   */
  public void gap(StreamFacts stream, long nanos, Phase phase) {
    if (isRecorded(stream.exchange()) && phase == Phase.BODY) {
      of(stream).gap(nanos);
    }
  }

  /**
   * Notes a stream that is over, not by decision of ours, or by one that is its normal end.
   *
   * @param givenUp whether its end came too early, or did not and somebody had been waiting
   */
  public void over(StreamFacts stream, boolean givenUp) {
    if (isRecorded(stream.exchange())) {
      of(stream).over(stream, givenUp);
    }
  }

  /** Notes a stream that was declared stalled, and aborted or only reported. */
  public void stalled(Stall stall) {
    if (isRecorded(stall.stream().exchange())) {
      of(stall.stream()).stalled(stall.limit().name());
    }
  }

  private static boolean isRecorded(Exchange exchange) {
    return !exchange.isSocket() && exchange.hasResponse();
  }

  /**
   * The host's gaps, among those of what the stream has shown itself to be, whatever it began as.
   */
  private HostGaps of(StreamFacts stream) {
    boolean subscription = stream.isSubscription();
    Map<String, HostGaps> hosts = subscription ? subscriptions : replies;
    String host = stream.exchange().authority();
    if (!hosts.containsKey(host) && hosts.size() >= MOST_HOSTS) {
      host = OTHER_HOSTS;
    }
    HostGaps known = hosts.get(host);
    if (known == null) {
      known = new HostGaps(host, subscription);
      hosts.put(host, known);
    }
    return known;
  }

  /** What is known now of each host, replies and subscriptions apart. */
  public List<HostGaps.Facts> facts() {
    List<HostGaps.Facts> facts = new ArrayList<>();
    for (HostGaps host : replies.values()) {
      facts.add(host.facts());
    }
    for (HostGaps host : subscriptions.values()) {
      facts.add(host.facts());
    }
    return facts;
  }

  /** Advice from all that was seen, as text. */
  public String recommend(List<StreamFacts> open) {
    Set<String> subscribed = subscribed(open);
    StringBuilder text = new StringBuilder();
    for (HostGaps host : replies.values()) {
      if (host.isAnyOver()) {
        new Recommendation(host, subscribed.contains(host.host())).appendTo(text);
      }
    }
    for (HostGaps host : subscriptions.values()) {
      if (host.isAnyOver()) {
        new Recommendation(host, true).appendTo(text);
      }
    }
    return text.length() == 0
        ? "no stream has ended yet: nothing to recommend from"
        : text.toString();
  }

  /**
   * The hosts that have subscriptions: open ones, or some that are over. Replies that had shown
   * nothing yet may have left gaps among these, and have ended as what they are.
   */
  private Set<String> subscribed(List<StreamFacts> open) {
    Set<String> subscribed = new HashSet<>();
    for (HostGaps host : subscriptions.values()) {
      if (host.isAnyOver()) {
        subscribed.add(host.host());
      }
    }
    for (StreamFacts stream : open) {
      if (stream.isSubscription()) {
        subscribed.add(stream.exchange().authority());
      }
    }
    return subscribed;
  }
}
