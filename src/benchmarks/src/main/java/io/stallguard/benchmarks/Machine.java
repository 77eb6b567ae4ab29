package io.stallguard.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Where numbers were measured. */
public final class Machine {
  private Machine() {}

  /** The cores, the JDK and the load. */
  public static String description() {
    return Runtime.getRuntime().availableProcessors()
        + " cores, JDK "
        + System.getProperty("java.vm.version")
        + ", "
        + load();
  }

  /** How many threads of the whole machine wanted to run in the last minute. */
  public static String load() {
    return String.format(
        Locale.ROOT,
        "load average %.1f",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
