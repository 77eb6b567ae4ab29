package io.stallguard.core;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All settings, read once. Immutable. */
public final class Settings {
  private final boolean enabled;
  private final Mode mode;
  private final Limit idle;
  private final Limit subscriptionIdle;
  private final @Nullable Limit firstByte;
  private final Limit total;
  private final List<String> contentTypes;
  private final List<String> methods;
  private final List<TargetPattern> include;
  private final List<TargetPattern> exclude;
  private final List<TargetPattern> sockets;
  private final Set<String> disabledModules;

  Settings(SettingsReader reader) {
    this.enabled = reader.flag(Setting.ENABLED, true);
    this.mode = reader.mode();
    this.idle = reader.idle();
    this.subscriptionIdle = reader.subscriptionIdle();
    this.firstByte = reader.firstByte();
    this.total = reader.total();
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

  /** Whether this instrumentation module is switched on, by its name. */
  public boolean isModuleEnabled(String module) {
    return !disabledModules.contains(module);
  }

  /** One line for people: mode, limits in force and where each came from. */
  public String summary() {
    return "mode="
        + mode
        + ", "
        + (firstByte == null ? "" : firstByte + ", ")
        + idle
        + (total.isOff() ? "" : ", " + total);
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
