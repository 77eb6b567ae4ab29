package io.stallguard.core;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All settings, read once. Immutable. */
public final class Settings {
  private static final String HEAD_SUFFIX = "-head";

  private final boolean enabled;
  private final Mode mode;
  private final Limit idle;
  private final Limit subscriptionIdle;
  private final @Nullable Limit firstByte;
  private final boolean idleAdaptive;
  private final Limit eventIdle;
  private final Limit subscriptionEventIdle;
  private final Limit total;
  private final Limit head;
  private final Limit doneGrace;
  private final Limit subscriptionDoneGrace;
  private final AfterDone afterDone;
  private final Truncated truncated;
  private final EventNames eventNames;
  private final List<String> contentTypes;
  private final List<String> methods;
  private final List<TargetPattern> include;
  private final List<TargetPattern> exclude;
  private final List<TargetPattern> sockets;
  private final Set<String> disabledModules;

  Settings(SettingsReader reader) {
    this.enabled = reader.flag(Setting.ENABLED, true);
    this.mode = reader.mode();
    this.idle = reader.limit(Setting.IDLE, SettingsReader.DEFAULT_IDLE_NANOS);
    this.subscriptionIdle = reader.limit(Setting.IDLE, Limit.OFF_NANOS);
    this.firstByte = reader.limit(Setting.FIRST_BYTE);
    this.idleAdaptive = !reader.isSet(Setting.IDLE);
    this.eventIdle = reader.limit(Setting.EVENT_IDLE, SettingsReader.DEFAULT_EVENT_IDLE_NANOS);
    this.subscriptionEventIdle = reader.limit(Setting.EVENT_IDLE, Limit.OFF_NANOS);
    this.total = reader.limit(Setting.TOTAL, Limit.OFF_NANOS);
    this.head = reader.limit(Setting.HEAD, Limit.OFF_NANOS);
    this.doneGrace = reader.limit(Setting.DONE_GRACE, SettingsReader.DEFAULT_DONE_GRACE_NANOS);
    this.subscriptionDoneGrace = reader.limit(Setting.DONE_GRACE, Limit.OFF_NANOS);
    this.afterDone = reader.afterDone();
    this.truncated = reader.truncated();
    this.eventNames = reader.eventNames();
    this.contentTypes = reader.contentTypes();
    this.methods = reader.methods();
    this.include = reader.patterns(Setting.INCLUDE, "*");
    this.exclude = reader.patterns(Setting.EXCLUDE, "");
    this.sockets = reader.patterns(Setting.SOCKETS, "");
    this.disabledModules = reader.disabledModules();
  }

  /** False: the agent does nothing at all. */
  public boolean enabled() {
    return enabled;
  }

  /** What happens to a stalled stream. */
  public Mode mode() {
    return mode;
  }

  /**
   * Whether this instrumentation module is switched on, by its name. One that ends with {@code
   * -head} only limits the wait for heads, and is not wanted where nobody does.
   */
  public boolean isModuleEnabled(String module) {
    return !disabledModules.contains(module) && !(module.endsWith(HEAD_SUFFIX) && !limitsHeads());
  }

  /** Whether there is a limit on the wait for heads. */
  public boolean limitsHeads() {
    return !head.isOff();
  }

  /** One line for people: mode, limits in force and where each came from. */
  public String summary() {
    return "mode="
        + mode
        + ", "
        + (firstByte == null ? "" : firstByte + ", ")
        + idle
        + (total.isOff() ? "" : ", " + total)
        + (head.isOff() ? "" : ", " + head);
  }

  Limit idle() {
    return idle;
  }

  /** The idle limit of a {@code text/event-stream} answer to a GET. */
  Limit subscriptionIdle() {
    return subscriptionIdle;
  }

  /** Null: the idle limit that is in force for the stream. */
  @Nullable Limit firstByte() {
    return firstByte;
  }

  /** Whether the idle limit is learned from heartbeats, as no operator set one. */
  boolean isIdleAdaptive() {
    return idleAdaptive;
  }

  Limit eventIdle() {
    return eventIdle;
  }

  /** The same for a {@code text/event-stream} answer to a GET. */
  Limit subscriptionEventIdle() {
    return subscriptionEventIdle;
  }

  /** From the request to the head of its response. */
  Limit head() {
    return head;
  }

  Limit doneGrace() {
    return doneGrace;
  }

  /** The same for a {@code text/event-stream} answer to a GET, which may carry many answers. */
  Limit subscriptionDoneGrace() {
    return subscriptionDoneGrace;
  }

  AfterDone afterDone() {
    return afterDone;
  }

  Truncated truncated() {
    return truncated;
  }

  EventNames eventNames() {
    return eventNames;
  }

  Limit total() {
    return total;
  }

  List<String> contentTypes() {
    return contentTypes;
  }

  List<String> methods() {
    return methods;
  }

  List<TargetPattern> include() {
    return include;
  }

  List<TargetPattern> exclude() {
    return exclude;
  }

  /** Raw sockets whose reads are guarded by their bytes. */
  List<TargetPattern> sockets() {
    return sockets;
  }
}
