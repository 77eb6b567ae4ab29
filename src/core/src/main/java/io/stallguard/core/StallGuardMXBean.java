package io.stallguard.core;

import java.util.List;
import java.util.Map;

/** What JMX shows of the agent, {@code io.stallguard:type=StallGuard}. Any thread. */
@SuppressWarnings("checkstyle:AbbreviationAsWordInName") // JMX knows it by this name.
public interface StallGuardMXBean {
  // Accessors with get: they are the names of the attributes.

  /** Version of the agent. */
  String getVersion();

  /** What happens to stalled streams where no rule says otherwise. */
  String getMode();

  /** The hosts whose short limits on silence are lifted, and why; empty if there are none. */
  String getBreaker();

  /** How many hosts have their short limits on silence lifted. */
  int getOpenBreakers();

  /** How the breakers of all hosts stand. */
  List<HostBreaker> getBreakers();

  /** Streams and waits for heads that a guard was opened for, and whose consumers it can see. */
  long getGuarded();

  /** The streams and waits of {@link #getGuarded}, by what guards them. */
  Map<String, Long> getGuardedByClient();

  /** The HTTP clients that were seen in this JVM, and how far each is guarded. */
  List<ClientCoverage> getCoverage();

  /** Stalls by the limit that was exceeded, those only reported included. */
  Map<String, Long> getStalled();

  /** Streams that the app saw end though their connection stayed open. */
  long getEndedAfterDone();

  /** Streams that ended without the terminal event of their format. */
  long getTruncated();

  /** Silences that were only reported, until bytes came. */
  long getResumed();

  /** Silences that were only reported, until the stream ended by itself. */
  long getEndedInSilence();

  /** Silences that were only reported, until the client closed, cancelled or failed by itself. */
  long getGivenUp();

  /** Verdicts put off because something waited to be read that the app had no time to fetch. */
  long getFoundWaiting();

  /** Aborts that failed. */
  long getFailedAborts();

  /** Errors of the agent's own that were kept from the app. */
  long getInternalErrors();

  /** The streams that are open now. */
  List<OpenStream> getOpenStreams();

  /** The gaps of the streams that are over, by host and kind. */
  List<HostGaps> getHosts();

  /** All settings, each with the value in force and its source. */
  List<SettingEntry> getSettings();

  /**
   * Changes settings, for streams that are open too: {@code idle=60s,mode=observe}.
   *
   * @throws IllegalArgumentException if anything in it is a mistake; nothing is changed then
   */
  void change(String settings);

  /** Takes back all changes of settings. */
  void reset();

  /** Lets the limits of all hosts hold again before their breakers do so by themselves. */
  void closeBreaker();

  /**
   * Lets the limits of one host hold again before its breaker does so by itself.
   *
   * @param host as the breakers have it
   * @return whether its breaker was open
   */
  boolean closeBreakerOf(String host);

  /**
   * Aborts one stream, whatever the mode.
   *
   * @param id as the open streams have it
   * @return what came of it, for people
   */
  String abort(long id);

  /**
   * Takes the agent out of this JVM: nothing is guarded any more, streams that are open go on as
   * without it, and this bean is gone. It can be attached again.
   */
  void detach();

  /**
   * Advice from the gaps so far, as text: for each host their distribution, how many healthy
   * streams each limit would have aborted, and the settings to paste for the limits that would have
   * aborted none.
   */
  String recommend();

  /** All that there is to see, as text. */
  String dump();

  /** A copy of an HTTP client in this JVM, and how far it is guarded. */
  interface ClientCoverage {
    /** The name by which people call the client. */
    String getClient();

    /** The client's version; empty if it cannot be told. */
    String getVersion();

    /**
     * The client's class loader: {@code app}, {@code platform}, {@code boot}, or the class of
     * another and its identity.
     */
    String getClassLoader();

    /**
     * How far the client is guarded: {@code guarded}, {@code guarded in part} or {@code not
     * guarded}.
     */
    String getState();

    /** The name under which {@link #getGuardedByClient} counts its streams; empty if none are. */
    String getGuardedBy();

    /** Why the client is not wholly guarded, or what else is to be known; empty if nothing. */
    String getReason();
  }

  /** An open stream. */
  interface OpenStream {
    /** The stream's number in this JVM, for {@link #abort}. */
    long getId();

    /** The name of the instrumentation module that guards the stream. */
    String getClient();

    /** Method and URL without credentials, query and fragment. */
    String getRequest();

    /** Protocol and status. */
    String getResponse();

    /** Whether somebody waits for bytes now. */
    boolean isAwaited();

    /** How long ago the response head came. */
    long getAgeMillis();

    /** The silence that somebody waits through now, else 0. */
    long getSilentMillis();

    /** For how much of that silence this JVM stood still, which counts for no limit. */
    long getStoodStillMillis();

    /** The longest silence before this one, without times in which the JVM stood still. */
    long getLongestGapMillis();

    /** How many bytes have come. */
    long getBytes();

    /** How many events have come that were no heartbeats. */
    long getEvents();

    /** How many heartbeats have come. */
    long getHeartbeats();

    /** The name of the last event; empty if there was none. */
    String getLastEvent();

    /** How often a verdict on the stream was put off because something waited to be read. */
    int getFoundWaiting();

    /** The limit on byte silence in force, with its source. */
    String getLimit();

    /** The name of the thread that waits; empty for an asynchronous consumer. */
    String getWaitingThread();
  }

  /** The gaps of one host's streams. Maps have p50, p99, p99.9 and max, in milliseconds. */
  interface HostGaps {
    /** The host, with its port where that is not the scheme's own. */
    String getHost();

    /** The kind of the streams: replies or subscriptions. */
    String getKind();

    /** Streams that ended by themselves, after their terminal event, or closed by the app. */
    long getStreams();

    /** Streams that failed or were closed while somebody had been waiting for at least 1 s. */
    long getGivenUp();

    /** Stalls by the limit that was exceeded, those only reported included. */
    Map<String, Long> getStalled();

    /** The waits for the first byte, from the demand for it on. */
    Map<String, Long> getFirstByteMillis();

    /** All gaps after the first byte; 0 stands for less than 100. */
    Map<String, Long> getGapMillis();

    /** The longest gap of each stream after the first byte. */
    Map<String, Long> getLongestGapMillis();

    /** The longest event silence of each stream. */
    Map<String, Long> getLongestEventGapMillis();
  }

  /** The breaker of one host. */
  interface HostBreaker {
    /**
     * The host, with its port where that is not the scheme's own, and the rule where one matches.
     */
    String getHost();

    /**
     * How the breaker stands: {@code closed}, {@code open}, or {@code outage} where most streams
     * stall and waiting longer helps none.
     */
    String getState();

    /** Why the breaker is open; empty if it is not. */
    String getReason();

    /** How many streams the host has had in the breaker's window. */
    long getStreams();

    /** How many of these streams stalled at a limit that would be lifted. */
    long getStalls();

    /** For how long the breaker has been open, or an outage; else 0. */
    long getSinceMillis();
  }

  /** A setting. */
  interface SettingEntry {
    /** The setting's name without the prefix {@code stallguard.}. */
    String getName();

    /** The value in force. */
    String getValue();

    /** Where the value came from. */
    String getSource();
  }
}
