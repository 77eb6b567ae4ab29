package io.stallguard.agent;

import org.jspecify.annotations.Nullable;

/** Finds out whether an argument has lost its value on its way from who attaches. */
final class LostValue {
  // jcmd takes NAME=VALUE for an argument of its own command, and hands on the name alone. To
  // attach by that, with other limits than were asked for, would be seen on standard error only.

  private LostValue() {}

  /** The mistake to be told; null if no value is missing. */
  static @Nullable String mistake(@Nullable String arguments, String without) {
    String name = arguments == null ? "" : arguments.trim();
    if (name.endsWith("=")) {
      name = name.substring(0, name.length() - 1);
    }
    return name.isEmpty() || name.indexOf('=') >= 0 || name.equals(without)
        ? null
        : "nothing is attached or changed: the argument has a name and no value; jcmd keeps what"
            + " stands behind the first = unless it gets all of it in quotes, so in a shell write"
            + " '\"idle=60s\"'";
  }
}
